/** Ends what jest-global-setup.cjs started, if it started anything. */
module.exports = async function stopDatabase() {
  await globalThis.stopTestDatabase?.();
};
