import type { Model, mongo } from 'mongoose';

/**
 * The driver's own collection of a model, for hot paths: documents are built by a repository and validated at the
 * boundary, so nothing has to be hydrated, cast or buffered.
 */
export function nativeCollection<T extends mongo.BSON.Document>(model: Model<T>): mongo.Collection<T> {
  const database = model.db.db;
  if (!database) throw new Error('The database connection opens before the repositories are made');
  return database.collection<T>(model.collection.name);
}
