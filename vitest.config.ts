/** The logic of the screens, tested in Node with real sockets. */
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [svelte({ configFile: at('svelte.config.js') })],
  resolve: {
    alias: {
      '@kit': at('display/kit'),
      '@wire': at('server/wire/ts'),
      '@locales': at('server/locales'),
      '@build': at('build'),
      '@web': at('.'),
    },
  },
  test: {
    include: ['tests/**/*.test.ts'],
    environment: 'node',
    maxWorkers: 2,
  },
});
