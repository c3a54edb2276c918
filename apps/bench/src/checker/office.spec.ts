import { createServer, type AddressInfo, connect, type Server } from 'node:net';
import { createServer as createHttpServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import mongoose from 'mongoose';
import { History } from './history.ts';
import { Office, type Closable } from './office.ts';
import { Random } from './random.ts';

/** Longer than a client waits for a database at first. */
const AWAY_MS = 6_000;
const { MongoClient, ObjectId } = mongoose.mongo;

const chat = (courseId: string): Closable => ({
  chatId: new ObjectId().toHexString(),
  courseId,
  tutorId: new ObjectId().toHexString(),
  student: { email: 'student@example.com', name: 'Student' },
});

function listening(server: Server, port = 0): Promise<number> {
  return new Promise((resolve) =>
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
  );
}

it('takes a tutor off a course though the database was away when it began', async () => {
  const mongod = new URL(process.env['TEST_MONGODB_URI'] as string);
  const client = await new MongoClient(mongod.toString()).connect();
  const name = `spec_${new ObjectId().toHexString()}`;
  const courses = client.db(name).collection<{ tutorIds: mongoose.mongo.ObjectId[] }>('courses');
  const shop = createHttpServer((_request, response) => response.writeHead(202).end());
  const line = createServer((socket) => {
    const onward = connect(Number(mongod.port), mongod.hostname);
    socket.on('error', () => onward.destroy()).pipe(onward);
    onward.on('error', () => socket.destroy()).pipe(socket);
  });
  try {
    const { insertedId } = await courses.insertOne({ tutorIds: [] });
    const [refunded, dismissed] = [chat(new ObjectId().toHexString()), chat(insertedId.toHexString())];
    const tutor = new ObjectId(dismissed.tutorId);
    await courses.updateOne({ _id: insertedId }, { $set: { tutorIds: [tutor] } });
    const shopPort = await listening(shop);
    const port = await listening(line);
    await new Promise((resolve) => line.close(resolve));

    const history = new History();
    const databaseUri = `mongodb://127.0.0.1:${port}/${name}?directConnection=true`;
    const url = () => `http://127.0.0.1:${shopPort}`;
    const willing = Object.assign(new Random(1), {
      chance: () => true,
      pick: <T>(list: readonly T[]) => list[0] as T,
    });
    const work = new Office({ url, databaseUri, history, hasSeveralNodes: false }).work(
      [refunded, dismissed],
      willing,
      500,
    );
    await delay(AWAY_MS);
    expect((await courses.findOne({ _id: insertedId }))?.tutorIds).toEqual([tutor]);
    await listening(line, port);
    await work;

    expect((await courses.findOne({ _id: insertedId }))?.tutorIds).toEqual([]);
    expect(history.closures.map(({ chatId }) => chatId)).toEqual([refunded.chatId, dismissed.chatId]);
  } finally {
    line.close();
    shop.close();
    await client.db(name).dropDatabase();
    await client.close();
  }
}, 60_000);
