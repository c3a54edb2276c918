import { defineConfig } from '@playwright/test';
import journeys from './playwright.config';

/** Has Lighthouse look at the built portal, by hand: it is 180 MB, so npx fetches it when somebody asks. */
export default defineConfig({
  ...journeys,
  testMatch: '**/*.lighthouse.ts',
  outputDir: '../../tmp/lighthouse-results',
  globalSetup: './src/support/screens-setup.ts',
  fullyParallel: false,
  workers: 1,
  timeout: 600_000,
  // A recording of what the browser does takes from what it has left for the page.
  use: { ...journeys.use, trace: 'off' },
});
