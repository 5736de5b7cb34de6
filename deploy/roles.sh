#!/bin/sh
# The owner migrates; the application reads and writes, and may not touch the trail.
# Run once, by the database's image, when its volume is empty.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
    --set owner_password="$OWNER_PASSWORD" --set app_password="$APP_PASSWORD" <<'SQL'
CREATE ROLE consilium_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE consilium_app LOGIN PASSWORD :'app_password';
CREATE DATABASE consilium OWNER consilium_owner;
CREATE DATABASE consilium_keys OWNER consilium_owner;
\connect consilium
ALTER DEFAULT PRIVILEGES FOR ROLE consilium_owner
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO consilium_app;
ALTER DEFAULT PRIVILEGES FOR ROLE consilium_owner
    GRANT USAGE, SELECT ON SEQUENCES TO consilium_app;
\connect consilium_keys
ALTER DEFAULT PRIVILEGES FOR ROLE consilium_owner
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO consilium_app;
SQL
