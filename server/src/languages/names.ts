/**
 * One string for each distinct name. V8 makes a slice of 13 or more characters a view that keeps its whole source alive; names from here
 * are copies of their own, shared by all files, so that facts can be kept without the sources that they came from.
 */

const capacity = 1 << 16;
let hashes = new Int32Array(capacity);
let names: string[] = new Array<string>(capacity).fill("");
let used = 0;

/** The name at `start`–`end` of the source; equal names are the same string. */
export function internName(source: string, start: number, end: number): string {
  const length = end - start;
  if (length <= 0) return "";
  if (length > 80) return detach(source.slice(start, end));
  let hash = length;
  for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + source.charCodeAt(i)) | 0;
  let slot = (hash ^ (hash >>> 15)) & (capacity - 1);
  for (;;) {
    const found = names[slot]!;
    if (found === "") break;
    if (hashes[slot] === hash && found.length === length && matches(found, source, start)) return found;
    slot = (slot + 1) & (capacity - 1);
  }
  // A long-lived server forgets now and then rather than growing; equality of names never depends on identity.
  if (used > capacity >> 1) {
    hashes = new Int32Array(capacity);
    names = new Array<string>(capacity).fill("");
    used = 0;
  }
  const name = detach(source.slice(start, end));
  hashes[slot] = hash;
  names[slot] = name;
  used++;
  return name;
}

function matches(name: string, source: string, start: number): boolean {
  for (let i = 0; i < name.length; i++) if (name.charCodeAt(i) !== source.charCodeAt(start + i)) return false;
  return true;
}

/** An equal string that does not keep a larger one alive. */
export function detach(slice: string): string {
  return slice.length < 13 ? slice : ` ${slice}`.slice(1);
}
