// What a running program has started, printed when it has had its time: the tree of each system, with every actor that was ever in it.
const programTime = 900;
const roots = [];

export function addRoot(read) {
  roots.push(read);
}

setTimeout(() => {
  process.stdout.write(`\n${JSON.stringify(roots.map((read) => read()))}\n`, () => process.exit(0));
}, programTime);
