/** Paths of a workspace folder and URIs. Editors escape URIs differently, so that they are compared by what they mean. Pure. */

/** A URI with its escapes read and without a slash at its end; one that is malformed stays as it is. */
export function plainUri(uri: string): string {
  return unescapePart(uri).replace(/\/+$/, "");
}

/** The path of a URI relative to a folder's, or null where it lies outside. */
export function pathWithin(folder: string, uri: string): string | null {
  const [outer, inner] = [plainUri(folder), plainUri(uri)];
  return inner.startsWith(`${outer}/`) ? inner.slice(outer.length + 1) : null;
}

/** The URI of a path relative to a folder's. */
export function uriOf(folder: string, path: string): string {
  return `${folder.replace(/\/+$/, "")}/${path.split("/").map(encodeURIComponent).join("/")}`;
}

function unescapePart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
