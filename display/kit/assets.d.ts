/** Type-level only: stylesheets and the sprite are Vite's to resolve. */
declare module '@build/flags.svg?url' {
  const url: string;
  export default url;
}
