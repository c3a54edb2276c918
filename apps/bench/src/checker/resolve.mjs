/**
 * Lets Node run the checker as it is written: it takes the types away by itself, but does not know the library names of
 * tsconfig.base.json, nor imports without an extension, which the contracts use.
 */
import { existsSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '../../../..');
const { paths } = JSON.parse(readFileSync(join(root, 'tsconfig.base.json'), 'utf8')).compilerOptions;

registerHooks({
  resolve(specifier, context, next) {
    const library = paths[specifier]?.[0];
    if (library) return next(pathToFileURL(join(root, library)).href, context);
    if (specifier.startsWith('.') && context.parentURL?.endsWith('.ts')) {
      const file = join(dirname(fileURLToPath(context.parentURL)), specifier);
      if (!existsSync(file) || !/\.\w+$/.test(specifier)) {
        for (const candidate of [`${file}.ts`, join(file, 'index.ts')]) {
          if (existsSync(candidate)) return next(pathToFileURL(candidate).href, context);
        }
      }
    }
    return next(specifier, context);
  },
});
