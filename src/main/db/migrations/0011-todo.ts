import type { Migration } from '../../../sqlite/migrate.ts';
import { TODO_TABLES } from '../../../sqlite/todo-table.ts';

/** The customers who wait. */
export const todo: Migration = {
  version: 11,
  name: '0011-todo',
  up: (db) => void db.exec(TODO_TABLES),
};
