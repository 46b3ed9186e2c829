import { defineConfig } from '@playwright/test';
import usual from '../playwright.config.ts';

/** `npm run pictures`: takes the pictures of the README from the page as it is built. */
export default defineConfig(usual, { testDir: '.', testMatch: 'pictures.ts', timeout: 180_000, reporter: [['list']] });
