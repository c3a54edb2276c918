#!/usr/bin/env node
import { prepare } from './launcher/bootstrap.mjs';

if (await prepare(import.meta.url)) {
  const { measureFloods } = await import('./floods/measure.mjs');
  await measureFloods();
}
