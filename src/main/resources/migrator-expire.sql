create table if not exists expire_backup (
  seq bigint primary key,
  group_title clob not null,
  backup varchar(255) not null,
  run_id clob not null,
  data_of varchar(40) not null,
  state varchar(16) not null,
  bytes bigint not null,
  source clob not null,
  selection clob not null,
  series clob not null,
  tags clob not null,
  keep boolean not null,
  warned boolean not null,
  reasons clob not null,
  pooled boolean default false not null,
  own bigint default 0 not null,
  outcome varchar(8) not null,
  skipped varchar(4096) not null
);
alter table expire_backup add column if not exists pooled boolean default false not null;
alter table expire_backup add column if not exists own bigint default 0 not null;
