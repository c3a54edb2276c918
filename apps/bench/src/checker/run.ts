import { Cluster } from './cluster.ts';
import { Device, pause, type Person } from './device/device.ts';
import { Habits } from './device/habits.ts';
import { ChatRest, Rest } from './device/rest.ts';
import { planFaults, type Fault } from './faults/plan.ts';
import { History, type Truth, type Violation } from './history.ts';
import { checkLaws } from './laws/index.ts';
import { Office, type Closable } from './office.ts';
import type { Options } from './options.ts';
import { expectPresence } from './presence.ts';
import type { Database } from './processes/database.ts';
import type { RedisServer } from './processes/redis.ts';
import { untilQuiet } from './quiet.ts';
import { Random } from './random.ts';
import { probeAsStranger } from './stranger.ts';
import { TruthReader } from './truth.ts';

const PASSWORD = 'course-chat-demo';
/** People of the demo who share chats among each other, and one who shares none with anybody. */
const MEMBERS = ['student1', 'student2', 'student7', 'tutor1', 'tutor2'];
const STRANGER = 'student20';
const DEVICES_EACH = 2;
const DEVICES_MAX = 18;
/** Time between two things one person does with one device. */
const MEAN_PAUSE_MS = 70;
/** Life begins when every device has had its first look, or then. */
const FIRST_LOOK_MS = 20_000;
/** Lease, grace and one look. */
const OFFLINE_WITHIN_MS = 28_000;
const ONLINE_WITHIN_MS = 12_000;

export interface RunResult {
  readonly history: History;
  readonly truth: Truth;
  readonly violations: readonly Violation[];
  readonly complaints: readonly string[];
}

/** One run: a life of some seconds with faults, then quiet, then judgement. */
export class Run {
  readonly history = new History();
  private readonly random: Random;
  private readonly cluster: Cluster;
  readonly reader: TruthReader;
  readonly devices: Device[] = [];
  private readonly lives: Promise<void>[] = [];
  private readonly options: Options;
  private readonly databaseUri: string;
  private isOver = false;
  before: ReadonlySet<string> = new Set();

  constructor(root: string, options: Options, seed: number, database: Database, redis: RedisServer | null) {
    this.options = options;
    this.random = new Random(seed);
    const name = `checker-${seed}`;
    this.databaseUri = database.uri(name);
    this.cluster = new Cluster(root, { ...options, name }, database, redis, this.history, this.random.fork('balancer'));
    this.reader = new TruthReader(this.databaseUri);
  }

  async play(): Promise<RunResult> {
    try {
      await this.cluster.start();
      this.before = await this.reader.messageIds();
      const members = await Promise.all(MEMBERS.map((name) => this.login(name)));
      const stranger = await this.addDevice(await this.login(STRANGER), 'stranger');
      for (const member of members)
        for (let count = 0; count < DEVICES_EACH; count++) await this.addDevice(member, undefined, false);
      await this.firstLooks();
      for (const device of this.devices.filter((one) => one !== stranger)) this.bringToLife(device);
      await this.live(members);
      const truth = await this.judgeWhenQuiet(members, stranger);
      return {
        history: this.history,
        truth,
        violations: checkLaws(this.history, truth),
        complaints: this.cluster.complaints(),
      };
    } finally {
      this.isOver = true;
      await Promise.allSettled(this.devices.map((device) => device.end()));
      await this.cluster.end();
      await this.reader.dropAndClose().catch(() => {});
    }
  }

  private async login(account: string): Promise<Person> {
    const rest = new Rest(this.cluster.anyUrl);
    const session = await rest.login(`${account}@example.com`, PASSWORD);
    const chats = new ChatRest(rest, session.user.role === 'tutor' ? 'tutors' : 'users');
    return { userId: session.user.id, name: account, token: session.accessToken, chats };
  }

  private async addDevice(person: Person, id?: string, isAlive = true): Promise<Device> {
    const name = id ?? `${person.name}/${this.devices.filter((device) => device.person === person).length + 1}`;
    const around = { history: this.history, stoppedBetween: this.cluster.stoppedBetween };
    const device = await Device.make(name, person, this.random.fork(name), around, this.cluster.anyPort);
    this.devices.push(device);
    device.switchOn();
    if (isAlive && !id) this.bringToLife(device);
    return device;
  }

  private bringToLife(device: Device): void {
    const siblings = () => this.devices.filter(({ person }) => person === device.person);
    this.lives.push(new Habits(device, siblings, this.history, MEAN_PAUSE_MS).live(() => this.isOver));
  }

  private async firstLooks(): Promise<void> {
    const deadline = performance.now() + FIRST_LOOK_MS;
    while (performance.now() < deadline && !this.devices.every((device) => device.isSettled)) await pause(50);
  }

  private async live(members: readonly Person[]): Promise<void> {
    const begun = performance.now();
    const office = this.openOffice(await this.closable(members));
    const faults = planFaults(this.random.fork('faults'), this.options.seconds, this.options.redis);
    for (const fault of faults) {
      await pause(Math.max(0, begun + fault.at - performance.now()));
      this.cluster.strike(fault);
      await this.strikeLine(fault, members);
    }
    await pause(Math.max(0, begun + this.options.seconds * 1000 - performance.now()));
    this.isOver = true;
    await Promise.all([...this.lives, office]);
    await this.cluster.settled();
    this.history.fault('no more faults');
  }

  private openOffice(chats: readonly Closable[]): Promise<void> {
    const hasSeveralNodes = this.options.nodes > 1;
    const around = { url: this.cluster.anyUrl, databaseUri: this.databaseUri, history: this.history, hasSeveralNodes };
    return new Office(around).work(chats, this.random.fork('office'), this.options.seconds * 1_000);
  }

  /** The chats between two members that may be written to. */
  private async closable(members: readonly Person[]): Promise<Closable[]> {
    const chats: Closable[] = [];
    for (const tutor of members) {
      for (const { id, access, course, student, tutor: other } of (await tutor.chats.list(100, null))?.page?.items ??
        []) {
        const person = members.find(({ userId }) => userId === student.id);
        if (!person || other.id !== tutor.userId || access !== 'active') continue;
        const email = `${person.name}@example.com`;
        chats.push({ chatId: id, courseId: course.id, tutorId: tutor.userId, student: { email, name: person.name } });
      }
    }
    return chats;
  }

  private async strikeLine({ kind, which, ms }: Fault, members: readonly Person[]): Promise<void> {
    const device = this.devices[which % this.devices.length] as Device;
    const direction = which % 2 === 0 ? 'up' : 'down';
    const strikes: Partial<Record<Fault['kind'], () => void>> = {
      cut: () => device.link.cut(),
      cutAll: () => this.devices.forEach(({ link }) => link.cut()),
      cutInside: () => device.link.cutInsideFrame(direction),
      stall: () => device.link.stall(ms),
      slow: () => device.link.slow(ms / 10),
      dropDown: () => device.link.dropFrames('down', 1 + (which % 4)),
      dropUp: () => device.link.dropFrames('up', 1 + (which % 2)),
      duplicate: () => device.link.duplicateFrames('up', 1 + (which % 3)),
    };
    if (strikes[kind]) {
      strikes[kind]();
      this.history.count(kind.startsWith('cut') ? 'cut' : 'line');
      this.history.fault(`${kind} on the line of ${device.id} (${ms} ms, ${direction})`);
    } else if (kind === 'newDevice' && this.devices.length < DEVICES_MAX) {
      await this.addDevice(members[which % members.length] as Person);
    }
  }

  /** Everything heals; all devices must agree with the log by themselves, and again after one more message in every chat. */
  private async judgeWhenQuiet(members: readonly Person[], stranger: Device): Promise<Truth> {
    const leaver = this.random.fork('leaver').chance(0.25) ? members[0] : undefined;
    for (const device of this.devices) {
      device.link.heal();
      // A person takes the phone up again: whatever was dropped without a trace is asked for.
      if (device.link.everDropped && device.connection.isConnected) device.sync();
      if (device.person === leaver) device.switchOff();
      else device.switchOn();
    }
    const leftAt = performance.now();
    const quietFrom = performance.now();
    if (!(await untilQuiet(this, { withTotals: false }))) return this.finish(members);
    this.history.count('quiet_ms', Math.round(performance.now() - quietFrom));
    if (leaver)
      await expectPresence(members, leaver, { isOnline: false, deadline: leftAt + OFFLINE_WITHIN_MS }, this.history);
    this.devices.forEach((device) => device.switchOn());
    this.sayFinalWords(members);
    // Whoever opens the chat only now sees what those see who were there all the time.
    for (const member of members) await this.addDevice(member, undefined, false);
    if (!(await untilQuiet(this, { withTotals: true }))) return this.finish(members);
    for (const member of members)
      await expectPresence(
        members,
        member,
        { isOnline: true, deadline: performance.now() + ONLINE_WITHIN_MS },
        this.history,
      );
    await Promise.all(this.devices.map((device) => device.loadAll()));
    await probeAsStranger(stranger, (await this.reader.read(this.before)).chats, this.history);
    // A mark that was still to be told may have been told meanwhile: what is judged is one moment.
    return this.finish(members, await untilQuiet(this, { withTotals: true }));
  }

  private async finish(members: readonly Person[], quiet: Truth | null = null): Promise<Truth> {
    this.history.devices.push(...this.devices.map((device) => device.atEnd()));
    await Promise.all(members.map((member) => this.readList(member)));
    return quiet ?? this.reader.read(this.before);
  }

  private sayFinalWords(members: readonly Person[]): void {
    for (const member of members) {
      const device = this.devices.find(({ person }) => person === member);
      if (!device) continue;
      for (const { chatId } of device.copies.values()) {
        const random = device.random.fork(`last ${chatId}`);
        const send = {
          deviceId: device.id,
          userId: member.userId,
          chatId,
          clientMessageId: random.uuid(),
          text: `${device.id} last word`,
        };
        const record = { ...send, inTurn: device.outbox.inTurn, tries: 0, outcome: 'open' as const };
        this.history.sends.push(record);
        device.outbox.add(record);
      }
    }
  }

  private async readList(member: Person): Promise<void> {
    const chats = [];
    let cursor: string | null = null;
    do {
      const answer = await member.chats.list(100, cursor);
      if (!answer?.page)
        return this.history.violate({
          law: 7,
          name: 'bad_answer',
          text: `the list of ${member.name} answered ${answer?.status ?? 'nothing'}`,
        });
      chats.push(...answer.page.items);
      cursor = answer.page.nextCursor;
      if (!cursor) this.history.lists.push({ userId: member.userId, unreadTotal: answer.page.unreadTotal, chats });
    } while (cursor);
  }
}
