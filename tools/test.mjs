#!/usr/bin/env node
import { prepare } from './launcher/bootstrap.mjs';

if (await prepare(import.meta.url)) {
  const { test } = await import('./checks/test.mjs');
  await test(process.argv.slice(2));
}
