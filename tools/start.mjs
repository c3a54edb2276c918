#!/usr/bin/env node
import { prepare } from './launcher/bootstrap.mjs';

if (await prepare(import.meta.url)) {
  const { start } = await import('./launcher/start.mjs');
  await start(process.argv.slice(2));
}
