#!/bin/bash
# Writes the fixtures of this folder anew: starts real servers on 127.0.0.1 in temporary folders, works with them as users, thieves and
# administrators do, and keeps what they log. Needs root (the servers run as nobody), postgresql-15, mariadb-server, redis-server, and,
# for the lines of pgaudit, its library in $PGAUDIT (a path to pgaudit.so; without it those lines are not written anew).
set -u
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d); chmod 755 "$work"
bin=/usr/lib/postgresql/15/bin
as() { setpriv --reuid=nobody --regid=nogroup --clear-groups env HOME="$work" LOCPATH="${LOCPATH:-}" "$@"; }
port() { python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])'; }

postgres_run() {  # NAME PREFIX MORE-SETTINGS…
    local name=$1 prefix=$2; shift 2
    local data=$work/pg-$name port; port=$(port)
    mkdir "$data"; chown nobody "$data"; echo admin-pass >"$work/password"; chmod 644 "$work/password"
    as $bin/initdb -D "$data" -U postgres -A scram-sha-256 --pwfile="$work/password" --no-locale -E UTF8 -N >/dev/null
    mkdir "$data/log"; chown nobody "$data/log"
    printf '%s\n' "listen_addresses='127.0.0.1'" "port=$port" "unix_socket_directories='$data'" "fsync=off" "logging_collector=on" "log_filename='server.log'" \
        "log_directory='log'" "log_connections=on" "log_disconnections=on" "log_min_messages=info" "log_timezone='Asia/Shanghai'" \
        "log_line_prefix='$prefix'" "log_checkpoints=off" "max_connections=20" "shared_buffers=8MB" "$@" >>"$data/postgresql.conf"
    as $bin/pg_ctl -D "$data" -w start >/dev/null
    export PGHOST=127.0.0.1 PGPORT=$port
    (
        export PGPASSWORD=admin-pass PGUSER=postgres
        psql -q -d postgres -c "CREATE ROLE doctor LOGIN PASSWORD 'doctor-pass'" -c "CREATE DATABASE clinic OWNER doctor"
        export PGPASSWORD=doctor-pass PGUSER=doctor PGDATABASE=clinic
        psql -q <<'SQL'
CREATE TABLE patient (
    id int PRIMARY KEY,
    name text,
    id_card text
);
INSERT INTO patient VALUES (1, '张三''s', '110101199003070000'), (2, E'li\\si', '110101199003070001');
COPY patient (id, name, id_card) FROM stdin;
3	王五	110101199003070002
\.
SELECT * FROM patient;
SELECT id, name
  FROM public.patient
 WHERE id_card = '110101199003070002'
   AND "name" = $$王五$$;
INSERT INTO patient VALUES (1, 'x', 'y');
SELECT 1/0;
SELECT * FROM no_such_table WHERE a = '' OR 1=1 --'
;
COPY public.patient TO stdout;
COPY patient TO PROGRAM 'cat > /dev/null';
DO $$ BEGIN RAISE WARNING 'watch out'; PERFORM 1/0; END $$;
PREPARE p(int) AS SELECT name FROM patient WHERE id = $1;
EXECUTE p(2);
SELECT * FROM pg_authid;
SQL
        printf '%s\n' '\set id random(1, 3)' 'SELECT name FROM patient WHERE id = :id;' >"$work/s.sql"
        pgbench -n -M prepared -t 1 -f "$work/s.sql" clinic >/dev/null
        PGAPPNAME='DBeaver 23.3.0 - SQLEditor <Script.sql>' psql -q -c "SELECT name FROM patient LIMIT 200 OFFSET 0" >/dev/null
        # A dump asks for much of the catalogue: once is enough.
        [ "$name" = default ] && pg_dump -t patient clinic >/dev/null
        PGPASSWORD=wrong psql -c 'SELECT 1'
        PGUSER=mallory PGPASSWORD=wrong psql -c 'SELECT 1'
        PGDATABASE=nowhere psql -c 'SELECT 1'
        export PGPASSWORD=admin-pass PGUSER=postgres PGDATABASE=postgres
        psql -q -c "ALTER ROLE doctor SUPERUSER" -c "ALTER SYSTEM SET log_statement = 'none'" -c "SELECT pg_reload_conf()"
        psql -q -c "SELECT 'after the log was turned off'"
        psql -q -c "ALTER SYSTEM RESET log_statement" -c "SELECT pg_reload_conf()" -c "SELECT pg_terminate_backend(pg_backend_pid())"
    ) >/dev/null 2>&1
    as $bin/pg_ctl -D "$data" -w -m fast stop >/dev/null
    cp "$data/log/server.log" "$here/postgresql-$name.log"
    [ -f "$data/log/server.csv" ] && cp "$data/log/server.csv" "$here/postgresql-$name.csv"
    [ -f "$data/log/server.json" ] && cp "$data/log/server.json" "$here/postgresql-$name.json"
}

mariadb_run() {
    local data=$work/maria port; port=$(port)
    mkdir "$data"; chown nobody "$data"
    as mariadb-install-db --no-defaults --datadir="$data" --auth-root-authentication-method=normal --skip-test-db >/dev/null 2>&1
    local start=$data/start.sql
    printf '%s\n' "DELETE FROM mysql.global_priv WHERE User = '';" "FLUSH PRIVILEGES;" "ALTER USER root@localhost IDENTIFIED BY 'admin-pass';" \
        "CREATE DATABASE clinic CHARACTER SET utf8mb4;" "CREATE USER doctor@'127.0.0.1' IDENTIFIED BY 'doctor-pass';" \
        "GRANT ALL ON clinic.* TO doctor@'127.0.0.1';" "GRANT RELOAD, PROCESS ON *.* TO doctor@'127.0.0.1';" >"$start"
    TZ=Asia/Shanghai as mariadbd --no-defaults --datadir="$data" --socket="$data/s" --port="$port" --bind-address=127.0.0.1 --init-file="$start" \
        --character-set-server=utf8mb4 --innodb-buffer-pool-size=32M --tmpdir="$data" --pid-file="$data/pid" --skip-name-resolve \
        --general-log=1 --general-log-file="$data/general.log" --slow-query-log=1 --slow-query-log-file="$data/slow.log" --long-query-time=0 \
        --log-slow-verbosity=query_plan,innodb --log-error="$data/error.log" --log-warnings=3 --plugin-load-add=server_audit \
        --server-audit-logging=1 --server-audit-file-path="$data/audit.log" &
    local server=$!
    for _ in $(seq 200); do mariadb-admin --no-defaults -S "$data/s" -uroot -padmin-pass ping >/dev/null 2>&1 && break; sleep 0.1; done
    (
        doctor="--no-defaults -h 127.0.0.1 -P $port --skip-ssl -udoctor"
        mariadb $doctor -pdoctor-pass --force clinic <<'SQL'
CREATE TABLE patient (
    id int PRIMARY KEY,
    name varchar(40),
    id_card char(18)
);
INSERT INTO patient VALUES (1, '张三''s', '110101199003070000'), (2, 'li\\\'si', '110101199003070001');
SELECT * FROM patient;
SELECT id, name
  FROM clinic.patient
 WHERE id_card = '110101199003070002'
	AND `name` = "王五";
SELECT * FROM patient WHERE name = '' OR 1=1 UNION SELECT 1, table_name, 2 FROM information_schema.tables LIMIT 3;
SELECT name FROM patient WHERE id = 1 AND SLEEP(0.01);
SELECT * FROM patient INTO OUTFILE '/tmp/none/x.csv';
PREPARE p FROM 'SELECT name FROM patient WHERE id = ?';
SET @a = 1;
EXECUTE p USING @a;
SELECT SLEEP(1.1);
USE clinic;
SQL
        mariadb $doctor -pdoctor-pass clinic -e "SELECT * FROM no_such_table"
        mariadb $doctor -pdoctor-pass --comments clinic -e "SELECT /*!40001 SQL_NO_CACHE */ name FROM patient -- a tab	and 'a quote'"
        mariadb-dump --no-defaults -h 127.0.0.1 -P "$port" --skip-ssl -udoctor -pdoctor-pass clinic
        mariadb $doctor -pwrong clinic -e "SELECT 1"
        mariadb --no-defaults -h 127.0.0.1 -P "$port" --skip-ssl -umallory -pwrong -e "SELECT 1"
        mariadb $doctor -pdoctor-pass nowhere -e "SELECT 1"
        mariadb --no-defaults -S "$data/s" -uroot -padmin-pass -e "GRANT SELECT ON clinic.* TO nurse@'10.%' IDENTIFIED BY 'nurse-pass'; SET GLOBAL general_log=OFF"
        mariadb --no-defaults -S "$data/s" -uroot -padmin-pass -e "SET GLOBAL general_log=ON; SELECT 'on again'"
        mariadb-admin --no-defaults -S "$data/s" -uroot -padmin-pass shutdown
    ) >/dev/null 2>&1
    wait $server
    for kind in general slow error audit; do cp "$data/$kind.log" "$here/mariadb-$kind.log"; done
}

redis_run() {
    local folder=$work/redis port; port=$(port)
    mkdir "$folder"; chown nobody "$folder"
    TZ=Asia/Shanghai as redis-server --port "$port" --bind 127.0.0.1 --dir "$folder" --logfile "$folder/redis.log" --loglevel verbose \
        --requirepass admin-pass --daemonize no &
    local server=$!
    local cli="redis-cli -h 127.0.0.1 -p $port --no-auth-warning -a admin-pass"
    for _ in $(seq 200); do $cli ping 2>/dev/null | grep -q PONG && break; sleep 0.1; done
    $cli MONITOR >"$folder/monitor.log" &
    local monitor=$!
    until [ -s "$folder/monitor.log" ]; do sleep 0.1; done
    {
        $cli SET patient:1 '{"name":"张三","note":"a \"quote\""}'
        $cli SET patient:2 $'line\nbreak'
        $cli GET patient:1; $cli KEYS '*'; $cli SCAN 0 MATCH 'patient:*' COUNT 1000; $cli DUMP patient:1
        $cli -n 3 HGETALL session:9; $cli EVAL "return redis.call('GET', KEYS[1])" 1 patient:1
        $cli CONFIG SET maxmemory 100mb; $cli CONFIG GET '*'; $cli CONFIG SET requirepass admin-pass
        redis-cli -h 127.0.0.1 -p "$port" GET patient:1; redis-cli -h 127.0.0.1 -p "$port" AUTH wrong
        $cli REPLICAOF 127.0.0.1 1; $cli REPLICAOF NO ONE; $cli BGSAVE
        printf 'POST / HTTP/1.1\r\nHost: x\r\n\r\n' | timeout 2 bash -c "exec 3<>/dev/tcp/127.0.0.1/$port; cat >&3; cat <&3"
        $cli FLUSHALL; until ! $cli INFO persistence | grep -q rdb_bgsave_in_progress:1; do sleep 0.1; done
        $cli SHUTDOWN
    } >/dev/null 2>&1
    wait $server $monitor
    cp "$folder/redis.log" "$here/redis.log"; cp "$folder/monitor.log" "$here/redis-monitor.log"
}

everything=("log_statement=all" "log_duration=on")
timed=("log_min_duration_statement=0")
case ${1:-all} in all | postgresql)
    postgres_run debian '%m [%p] %q%u@%d ' "${everything[@]}" "log_destination='stderr,csvlog,jsonlog'"
    postgres_run default '%m [%p] ' "${everything[@]}"
    postgres_run rds '%t:%r:%u@%d:[%p]:' "${timed[@]}"
    postgres_run pgbadger '%t [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h ' "${timed[@]}"
    postgres_run every '%n|%p|%P|%l|%c|%s|%v|%x|%e|%i|%b|%a|%u|%d|%-20h|%Q|%%|' "${everything[@]}"
    if [ -n "${LOCPATH:-}" ]; then postgres_run chinese '%m [%p] %q%u@%d ' "${timed[@]}" "lc_messages='zh_CN.UTF-8'"; fi
    if [ -n "${PGAUDIT:-}" ]; then
        postgres_run pgaudit '%m [%p] %q%u@%d ' "shared_preload_libraries='$PGAUDIT'" "pgaudit.log='all'" "pgaudit.log_relation=on" "pgaudit.log_rows=on" \
            "pgaudit.log_parameter=on" "log_destination='stderr,csvlog'"
    fi ;;
esac
case ${1:-all} in all | mariadb) mariadb_run ;; esac
case ${1:-all} in all | redis) redis_run ;; esac
rm -rf "$work"
