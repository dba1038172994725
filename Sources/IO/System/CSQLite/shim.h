#pragma once
#include <sqlite3.h>

// Swift can't call functions with a variable number of arguments.

/// Whether closing the last connection moves the write-ahead log into the database, as it does unless told otherwise.
static inline int muster_sqlite3_checkpoint_on_close(sqlite3 *connection, int isOn) {
  return sqlite3_db_config(connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, !isOn, (int *)0);
}
