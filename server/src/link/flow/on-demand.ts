/** Works something out when it is first asked for, and once; or at once, where what it comes from is not to be kept. */
export function onDemand<T>(isOnDemand: boolean, work: () => T): () => T {
  let known: { readonly value: T } | null = isOnDemand ? null : { value: work() };
  return () => (known ??= { value: work() }).value;
}
