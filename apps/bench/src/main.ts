import { readOptions } from './options.ts';
import { BenchContext, say } from './scenarios/bench-context.ts';
import { sendRounds } from './scenarios/send-rounds.ts';

const options = readOptions(process.argv.slice(2));
const context = await BenchContext.open(options);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void context.close().finally(() => process.exit(130)));
try {
  const servers = await context.startAll('send');
  for (const closed of options.depths) {
    say(`closed loop, ${closed} under way per member`);
    const rounds = await sendRounds(context, 'send', servers, { rounds: options.rounds, measureMs: options.measureMs, paceOf: () => ({ closed }) });
    for (const r of rounds.slice(-options.servers.length)) say(`${r.server} ${JSON.stringify(r.commands)}`);
  }
  await context.stopAll('send', servers);
} finally {
  await context.close();
}
