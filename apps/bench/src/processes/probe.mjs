/** Loaded into every measured server: answers the benchmark's questions about its own process, and does nothing else. */
if (process.channel) {
  process.on('message', (question) => {
    if (question === 'collect') {
      globalThis.gc?.();
      globalThis.gc?.();
    } else if (question === 'give back') globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
    else return;
    process.send?.({ memory: process.memoryUsage() });
  });
  // Listening must not keep a server alive that wants to end.
  process.channel.unref();
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
}
