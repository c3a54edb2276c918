import { EnrollmentPolicy } from '@course-chat/api/enrollment';
import { commandNames, commands, type Ack, type CommandName, type SyncResult } from '@course-chat/contracts';
import { mongo } from 'mongoose';
import { TestServer, type RestAnswer, type TestPair, type TestUser } from '../testing';
import { restDoorsOf, type RestDoor } from '../testing/doors';
import { propertyNames, sampleOf } from '../testing/sample-of';

const MISSING = 'f'.repeat(24);

/** What stays possible in a chat that is read-only; everything else must answer READ_ONLY. A new door says here which it is. */
const READS: ReadonlySet<string> = new Set([
  ...['join_chat', 'leave_chat', 'mark_delivered', 'mark_read', 'typing_stop', 'sync'],
  ...['users', 'tutors'].flatMap((side) => [
    `GET /${side}/chats/:chatId`,
    `GET /${side}/chats/:chatId/messages`,
    `POST /${side}/chats/:chatId/read`,
  ]),
]);

/** Doors of moderators, and what closes them to everybody else. Whoever adds one argues for it here. */
const MODERATES: Readonly<Record<string, string>> = {
  'POST /admin/chats/:chatId/reads':
    'the role; a reason, which is in the audit before a message is read (privacy.spec.ts)',
};

/** Commands that name a chat somewhere in their payload. */
const chatCommands = commandNames.filter((name) => propertyNames(commands[name].payload).has('chatId'));

/** One function says who may do what in a chat. Every door that takes a chat is found by its schema, also one that is new. */
describe(EnrollmentPolicy.name, () => {
  let server: TestServer;
  let pair: TestPair;
  let stranger: TestPair;
  let chatDoors: RestDoor[];
  let moderates: RestDoor[];
  beforeAll(async () => {
    server = await TestServer.start();
    [pair, stranger] = [await server.pair(), await server.pair()];
    await server.write(pair.student, pair.chatId, 'First');
    await server.write(pair.tutor, pair.chatId, 'Second');
    const takeChats = restDoorsOf(server).filter(({ inputs }) =>
      inputs.some(({ schema }) => schema && propertyNames(schema).has('chatId')),
    );
    moderates = takeChats.filter(({ name }) => name in MODERATES);
    chatDoors = takeChats.filter((door) => !moderates.includes(door));
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => server.stop());

  const policy = () => server.app.get(EnrollmentPolicy);

  /** Calls a door about a chat with an input that fits. */
  function knock({ method, path, inputs }: RestDoor, who: TestUser, chatId: string): Promise<RestAnswer<unknown>> {
    const body = inputs.find(({ from }) => from === 'body')?.schema;
    return server.call(method, path.replace(':chatId', chatId).replace(/:\w+/g, MISSING), {
      token: who.token,
      ...(body && { body: sampleOf(body, { chatId }) }),
    });
  }

  async function say(name: CommandName, who: TestUser, chatId: string): Promise<Ack<unknown>> {
    const socket = await server.socket(who);
    const seq = who === pair.tutor ? 2 : 1;
    const answer = await socket.raw(name, sampleOf(commands[name].payload, { chatId, cursor: null, seq }));
    socket.close();
    return answer;
  }

  /** An answer without what differs each time. */
  function shapeOf(answer: unknown): unknown {
    return JSON.parse(
      JSON.stringify(answer, (key, value: unknown) =>
        key === 'correlationId' || key === 'cursor' || key === 'headers' ? key : value,
      ),
    );
  }

  const memberOf = ({ path }: RestDoor, of: TestPair) => (path.startsWith('/tutors') ? of.tutor : of.student);

  it('finds the doors', () => {
    expect(chatDoors.length).toBeGreaterThanOrEqual(8);
    expect(chatCommands.length).toBeGreaterThanOrEqual(10);
    expect(moderates.map(({ name, role }) => [name, role])).toEqual(
      Object.keys(MODERATES).map((name) => [name, 'admin']),
    );
    expect(chatDoors.filter(({ path }) => !/^\/(users|tutors)\/chats\/:chatId/.test(path))).toEqual([]);
  });

  it('a door of moderators is closed to members and strangers alike, whether the chat is there or not', async () => {
    for (const door of moderates) {
      const answers = [
        await knock(door, pair.student, pair.chatId),
        await knock(door, stranger.tutor, pair.chatId),
        await knock(door, stranger.tutor, MISSING),
      ];
      for (const answer of answers) expect([door.name, answer.status]).toEqual([door.name, 403]);
      expect(new Set(answers.map((answer) => JSON.stringify(shapeOf(answer)))).size).toBe(1);
    }
  });

  it('a chat of others and one that is not there are answered alike by every REST door', async () => {
    for (const door of chatDoors) {
      const foreign = await knock(door, memberOf(door, stranger), pair.chatId);
      const missing = await knock(door, memberOf(door, stranger), MISSING);
      expect([door.name, missing.status, missing.body]).toEqual([
        door.name,
        404,
        { error: expect.objectContaining({ code: 'NOT_FOUND' }) },
      ]);
      expect([door.name, shapeOf(foreign)]).toEqual([door.name, shapeOf(missing)]);
    }
  });

  it.each(chatCommands)('a chat of others and one that is not there are answered alike by %s', async (name) => {
    const foreign = await say(name, stranger.student, pair.chatId);
    const missing = await say(name, stranger.student, MISSING);
    if (name === 'sync') expect(missing).toMatchObject({ ok: true, data: { chats: [] } });
    else expect(missing).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
    expect(shapeOf(foreign)).toEqual(shapeOf(missing));
  });

  it('a chat of others and one that is not there cost the same, also where the chat is known already', async () => {
    const database = server.connection.db;
    if (!database) throw new Error('Not connected');
    /** Reads of the chat itself: of its list and its unread count others ask at the same time. */
    const reads = async (chatId: string, run: () => Promise<unknown>) => {
      await database.command({ profile: 2 });
      await run();
      await database.command({ profile: 0 });
      const profile = database.collection('system.profile');
      const count = await profile.countDocuments({ ns: /[.]chats$/, 'command.filter._id': new mongo.ObjectId(chatId) });
      await profile.drop();
      return count;
    };
    for (const door of chatDoors) {
      // Known to this node: a member was here.
      await knock(door, memberOf(door, pair), pair.chatId);
      const [foreign, missing] = [pair.chatId, MISSING].map(
        (chatId) => () => reads(chatId, () => knock(door, memberOf(door, stranger), chatId)),
      );
      expect([door.name, await foreign?.(), await missing?.()]).toEqual([door.name, 1, 1]);
    }
  });

  it('a member to whom it says no is a stranger to every REST door', async () => {
    jest.spyOn(policy(), 'isMember').mockReturnValue(false);
    for (const door of chatDoors) {
      const answer = await knock(door, memberOf(door, pair), pair.chatId);
      expect([door.name, answer.status]).toEqual([door.name, 404]);
    }
  });

  it.each(chatCommands)('a member to whom it says no is a stranger to %s', async (name) => {
    jest.spyOn(policy(), 'isMember').mockReturnValue(false);
    const answer = await say(name, pair.student, pair.chatId);
    if (answer.ok) expect((answer.data as SyncResult).chats).toEqual([]);
    else expect(answer.error.code).toBe('NOT_FOUND');
    expect(answer.ok).toBe(name === 'sync');
  });

  it('a member to whom it says no is shown no chat in a list, whatever the query found', async () => {
    const lists = { '/users/chats': pair.student, '/tutors/chats': pair.tutor };
    for (const [path, who] of Object.entries(lists)) {
      expect((await server.rest(who).get(path)).body).toMatchObject({ items: [{ id: pair.chatId }] });
    }
    jest.spyOn(policy(), 'isMember').mockReturnValue(false);
    for (const [path, who] of Object.entries(lists)) {
      const { body } = await server.rest(who).get(path);
      expect(JSON.stringify(body)).not.toContain(pair.chatId);
    }
  });

  it('when a chat is read-only, every door that writes says so and every other one answers', async () => {
    // A chat of its own: what is stored in one may be sent again, read-only or not.
    const fresh = await server.pair();
    jest.spyOn(policy(), 'accessOf').mockResolvedValue('read_only');
    for (const door of chatDoors) {
      const answer = await knock(door, memberOf(door, fresh), fresh.chatId);
      const code = (answer.body as { error?: { code: string } }).error?.code ?? 'ok';
      expect([door.name, code]).toEqual([door.name, READS.has(door.name) ? 'ok' : 'READ_ONLY']);
    }
    for (const name of chatCommands) {
      const answer = await say(name, fresh.student, fresh.chatId);
      expect([name, answer.ok ? 'ok' : answer.error.code]).toEqual([name, READS.has(name) ? 'ok' : 'READ_ONLY']);
    }
  });
});
