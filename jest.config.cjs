const { globSync } = require('node:fs');

/** One run for every project, so that what they share (a mongod) starts once. */
module.exports = {
  projects: globSync('{apps,libs,tools}/**/jest.config.cjs', { cwd: __dirname, exclude: ['**/node_modules/**'] }).map(
    (file) => `<rootDir>/${file}`,
  ),
  // Jest keeps one processor for itself, which on a machine of two leaves one that mostly waits for databases.
  maxWorkers: 2,
  // A hang is a hang after 20 s too; a machine that is busy with other work is no failure.
  testTimeout: 20_000,
};
