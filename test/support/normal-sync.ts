import { DatabaseSync } from "node:sqlite";

/** Loaded before a desk: its database syncs at checkpoints only. For a control. */
const exec = DatabaseSync.prototype.exec;
DatabaseSync.prototype.exec = function (sql) {
  exec.call(this, sql.replace("synchronous = full", "synchronous = normal"));
};
