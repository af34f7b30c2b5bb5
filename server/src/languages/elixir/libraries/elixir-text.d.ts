/** esbuild bundles a library's model as text. */
declare module "*.ex" {
  const text: string;
  export default text;
}
