/**
 * One screen a build: `vite build --mode display|kiosk|console|chair|check`.
 *
 * Rule: a built screen is static files under `/SCREEN/`, without anything inline and without a
 * byte from another host, so that it runs in a closed hall under a strict content policy.
 * The page that checks ballots also runs from a disk, or from another server than the hall's.
 */
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';

const SCREENS = {
  display: 'display/web',
  kiosk: 'kiosk_client/web',
  console: 'server/console',
  chair: 'server/console/chair',
  check: 'check',
} as const;

type Screen = keyof typeof SCREENS;

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

function screenOf(mode: string): Screen {
  if (mode in SCREENS) return mode as Screen;
  if (mode === 'development') return 'display'; // what tools such as svelte-check ask for
  throw new Error(`--mode names the screen: one of ${Object.keys(SCREENS).join(', ')}`);
}

/**
 * A page that runs wherever its folder lies: one plain script beside it, since browsers load no
 * modules from a disk. It also gives up asking any server for anything, whoever serves it.
 */
function runsAnywhere(): Plugin {
  return {
    name: 'runs-anywhere',
    apply: 'build',
    config: () => ({
      base: './',
      build: { cssCodeSplit: false, rolldownOptions: { output: { format: 'iife' } } },
    }),
    transformIndexHtml: {
      order: 'post',
      handler: (html) => ({
        html: html
          .replaceAll(' type="module" crossorigin', ' defer')
          .replaceAll(' crossorigin', ''),
        tags: [
          {
            tag: 'meta',
            attrs: {
              'http-equiv': 'Content-Security-Policy',
              content: "connect-src 'none'; form-action 'none'; base-uri 'none'",
            },
            injectTo: 'head-prepend',
          },
        ],
      }),
    },
  };
}

export default defineConfig(({ mode }) => {
  const screen = screenOf(mode);
  return {
    root: at(SCREENS[screen]),
    base: `/${screen}/`,
    publicDir: false,
    plugins: [
      svelte({ configFile: at('svelte.config.js') }),
      ...(screen === 'check' ? [runsAnywhere()] : []),
    ],
    resolve: {
      alias: {
        '@kit': at('display/kit'),
        '@wire': at('server/wire/ts'),
        '@locales': at('server/locales'),
        '@build': at('build'),
      },
    },
    build: {
      outDir: at(`server/screens/${screen}`),
      emptyOutDir: true,
      target: 'es2022',
      // The content policy allows neither inline scripts nor fonts in data: addresses.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 1024,
    },
    server: {
      fs: { allow: [at('.')] },
      proxy: {
        '/api': 'http://127.0.0.1:8400',
        '/flags': 'http://127.0.0.1:8400',
        '/ws': { target: 'ws://127.0.0.1:8400', ws: true },
      },
    },
  };
});
