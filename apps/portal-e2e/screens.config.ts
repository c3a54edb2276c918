import { defineConfig } from '@playwright/test';
import journeys from './playwright.config';

/** Takes the pictures in docs/screens. */
export default defineConfig({
  ...journeys,
  testMatch: '**/*.screens.ts',
  outputDir: '../../tmp/screens-results',
  globalSetup: './src/support/screens-setup.ts',
  fullyParallel: false,
  workers: 1,
});
