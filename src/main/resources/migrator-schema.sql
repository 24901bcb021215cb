create table run_fact (
  name varchar(64) primary key,
  fact varchar(1000000) not null
);

create table copy_plan (
  seq bigint primary key,
  owner_id bigint not null,
  segment_id bigint not null,
  source_key varchar(1024) not null,
  size bigint not null,
  source_etag varchar(256) not null,
  target_key varchar(1024) not null,
  state varchar(8) not null,
  target_etag varchar(256) not null,
  checksum varchar(256)
);
create index copy_plan_target on copy_plan (target_key);
create index copy_plan_segment on copy_plan (owner_id, segment_id);

create table backup_collection (
  collection_id bigint primary key,
  position int not null,
  db_name varchar(256) not null,
  collection_name varchar(256) not null,
  info clob,
  raw blob,
  flushed boolean default false not null,
  planned boolean default false not null,
  planned_rows bigint,
  planned_objects bigint,
  replans int default 0 not null,
  missing varchar(4096)
);

create table backup_database (
  db_name varchar(256) primary key,
  position int not null
);

create table backup_cut (
  collection_id bigint primary key,
  begun bigint not null,
  latest bigint
);

create table backup_cut_segment (
  collection_id bigint not null,
  segment_id bigint not null,
  partition_id bigint not null,
  row_count bigint not null,
  level0 boolean not null,
  storage_version bigint not null,
  fresh boolean not null,
  primary key (collection_id, segment_id)
);

create table backup_segment (
  collection_id bigint not null,
  segment_id bigint not null,
  partition_id bigint not null,
  row_count bigint not null,
  level0 boolean not null,
  storage_version bigint not null,
  vchannel varchar(1024) not null,
  primary key (collection_id, segment_id)
);

create table backup_unit (
  collection_id bigint not null,
  segment_id bigint not null,
  delta boolean not null,
  path varchar(128) not null,
  parent int not null,
  state varchar(8) not null,
  objects bigint not null,
  bytes bigint not null,
  sources blob,
  copies blob,
  primary key (collection_id, segment_id, delta)
);
create index backup_unit_path on backup_unit (path);

create table backup_parent (
  id int primary key,
  name varchar(255) not null,
  run_id varchar(64) not null,
  head_etag varchar(256) not null,
  refs_etag varchar(256) not null
);

create table restore_collection (
  source_id bigint primary key,
  db_name varchar(256) not null,
  collection_name varchar(256) not null,
  state varchar(16) not null,
  target_id bigint not null,
  wishes varchar(200) not null
);

create table restore_existing (
  source_id bigint primary key,
  newest_job bigint not null,
  indexes_dropped boolean default false not null
);

create table restore_before (
  source_id bigint not null,
  partition_name varchar(256) not null,
  row_count bigint not null,
  primary key (source_id, partition_name)
);

create table import_job (
  unit bigint primary key,
  source_id bigint not null,
  turn int not null,
  partition_name varchar(256) not null,
  place varchar(1024) not null,
  storage_version bigint not null,
  deletes boolean not null,
  expected_rows bigint not null,
  bytes bigint not null,
  state varchar(16) not null,
  changed_at bigint not null,
  job_id bigint not null,
  imported_rows bigint not null,
  attempts int not null
);
create index import_job_source on import_job (source_id);
create index import_job_job on import_job (job_id);

create table import_file (
  unit bigint not null,
  position int not null,
  insert_dir varchar(1024) not null,
  delta_dir varchar(1024) not null,
  primary key (unit, position)
);

create table verify_reading (
  seq bigint primary key,
  collection_id bigint not null,
  partition_id bigint not null,
  segment_id bigint not null,
  deltas boolean not null,
  storage_version bigint not null,
  row_count bigint not null,
  latest bigint not null,
  files clob not null,
  objects bigint not null,
  bytes bigint not null,
  state varchar(8) not null,
  recorded bigint default 0 not null,
  by_tag bigint default 0 not null
);
create index verify_reading_state on verify_reading (state, seq);

create table verify_finding (
  id bigint generated always as identity primary key,
  phase varchar(8) not null,
  kind varchar(32) not null,
  collection_id bigint not null,
  object_key varchar(1024) not null,
  detail varchar(4096) not null
);
