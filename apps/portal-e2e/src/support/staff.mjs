import mongoose from 'mongoose';

/** Tutors that the journeys play, each with a course nobody else teaches: unread numbers are then a journey's own. */
export const STAFF = 120;

/** Title of one of those courses that somebody meant harm with. */
export const HOSTILE_TITLE = '<img src=x onerror="window.harmed=1"> & <b>bold</b> {{7*7}} \u202Egnp.exe';
/** The tutor whose course it is. */
export const HOSTILE_INDEX = STAFF - 1;

/** @param {number} index */
export const staffEmail = (index) => `staff${index}@example.com`;
/** @param {number} index */
export const staffName = (index) => `Tutor ${NAMES[index % NAMES.length]} ${index}`;
/** @param {number} index */
export const staffId = (index) => `e2e${index.toString(16).padStart(21, '0')}`;
/** After the courses of the demo, which come in the order of their ids. @param {number} index */
export const staffCourseId = (index) => `ffe2e${index.toString(16).padStart(19, '0')}`;
/** @param {number} index */
export const staffCourseTitle = (index) => (index === HOSTILE_INDEX ? HOSTILE_TITLE : `Course of journey ${index}`);

const NAMES = ['Ada', 'Bo', 'Cleo', 'Dion', 'Edda', 'Finn', 'Gita', 'Hugo', 'Isa', 'Jon'];

/**
 * Hires them in the database: tutors cannot register. Their password is that of the demo.
 * @param {string} uri
 */
export async function hireStaff(uri) {
  const connection = await mongoose.createConnection(uri).asPromise();
  try {
    const users = connection.collection('users');
    const model = await users.findOne({ email: 'tutor1@example.com' });
    if (!model) throw new Error('The journeys need the demo data.');
    const people = Array.from({ length: STAFF }, (_, index) => index);
    const id = (/** @type {string} */ hex) => new mongoose.Types.ObjectId(hex);
    if (await users.findOne({ email: staffEmail(0) })) return;
    await users.insertMany(
      people.map((index) => ({ ...model, _id: id(staffId(index)), email: staffEmail(index), name: staffName(index) })),
    );
    await connection.collection('courses').insertMany(
      people.map((index) => ({
        _id: id(staffCourseId(index)),
        title: staffCourseTitle(index),
        summary: 'A course that exists for one journey.',
        priceCents: 100,
        tutorIds: [id(staffId(index))],
      })),
    );
  } finally {
    await connection.close();
  }
}
