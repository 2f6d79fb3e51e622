import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** @type {import('@sveltejs/vite-plugin-svelte').SvelteConfig} */
export default {
  // Styles are plain CSS: only the scripts need a preprocessor.
  preprocess: vitePreprocess({ style: false }),
  compilerOptions: { runes: true },
};
