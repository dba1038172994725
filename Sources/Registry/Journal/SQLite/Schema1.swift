/// The statements of version 1.
///
/// Names, ids and addresses are text as given; lists are JSON arrays, or '' when empty; pairs are arrays of
/// key, value, key, value; times are milliseconds since 1970 and durations nanoseconds.
/// Names of nodes, and ids on one node, are unique; see `RowIndex` for who sees to that.
let schema1 = """
  CREATE TABLE nodes (
    row INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    id TEXT NOT NULL,
    address TEXT NOT NULL,
    tagged_addresses TEXT NOT NULL,
    meta TEXT NOT NULL,
    create_revision INTEGER NOT NULL,
    modify_revision INTEGER NOT NULL,
    -- when something on it was last removed, and when a check of the whole node was
    removal_revision INTEGER NOT NULL DEFAULT 0,
    check_removal_revision INTEGER NOT NULL DEFAULT 0
  ) STRICT;

  CREATE TABLE instances (
    row INTEGER PRIMARY KEY,
    node TEXT NOT NULL,
    id TEXT NOT NULL,
    service TEXT NOT NULL,
    address TEXT NOT NULL,
    port INTEGER NOT NULL,
    tags TEXT NOT NULL,
    meta TEXT NOT NULL,
    tagged_addresses TEXT NOT NULL,
    passing_weight INTEGER NOT NULL,
    warning_weight INTEGER NOT NULL,
    enable_tag_override INTEGER NOT NULL,
    create_revision INTEGER NOT NULL,
    modify_revision INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE checks (
    row INTEGER PRIMARY KEY,
    node TEXT NOT NULL,
    id TEXT NOT NULL,
    instance TEXT, -- NULL: of the whole node
    name TEXT NOT NULL,
    status TEXT NOT NULL,
    notes TEXT NOT NULL,
    output TEXT NOT NULL,
    probe TEXT NOT NULL, -- '', ttl, http, tcp, grpc, thrift or script
    target TEXT NOT NULL, -- host:port, or a JSON array: what is probed
    ttl INTEGER,
    probe_interval INTEGER NOT NULL,
    timeout INTEGER NOT NULL,
    deregister_after INTEGER,
    success_before_passing INTEGER NOT NULL,
    failures_before_warning INTEGER NOT NULL,
    failures_before_critical INTEGER NOT NULL,
    create_revision INTEGER NOT NULL,
    modify_revision INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE events (
    revision INTEGER PRIMARY KEY,
    time INTEGER NOT NULL,
    kind TEXT NOT NULL,
    service TEXT NOT NULL,
    node TEXT NOT NULL,
    instance TEXT NOT NULL,
    check_id TEXT NOT NULL,
    cause TEXT NOT NULL
  ) STRICT;

  -- Revisions that can't be told from what is there:
  -- kind 'service': when an instance or a check of the service was last removed;
  -- kind 'list', with name 'services', 'nodes' or 'checks': when an element was last removed;
  -- kind 'list', name 'all': the revision of the last change.
  CREATE TABLE removed (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (kind, name)
  ) STRICT, WITHOUT ROWID;
  """
