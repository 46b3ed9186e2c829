import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * `vite build renderer` puts the page into renderer/dist, or where OCPI_WORKBENCH_OUT says. Nothing is inlined: the
 * Content-Security-Policy of the page allows files of its own origin only.
 */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  plugins: [react()],
  build: {
    outDir: process.env['OCPI_WORKBENCH_OUT'] ?? fileURLToPath(new URL('./dist', import.meta.url)),
    emptyOutDir: true,
    target: 'es2024',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // One sheet in the order of the imports, however the page is cut into pieces: Mantine's styles first, so
            // that ours have the last word.
            { name: 'styles', test: /\.css$/, priority: 2 },
            // What several areas use in one file: the first view asks for 9 files, not for 60.
            { name: 'shared', minShareCount: 3, priority: 1 },
          ],
        },
      },
    },
  },
});
