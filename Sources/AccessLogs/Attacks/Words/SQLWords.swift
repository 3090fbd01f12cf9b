/// Words of SQL, sorted by what they do in a statement.
enum SQLWord {
    static let union: UInt8 = 1
    static let select: UInt8 = 2
    static let logic: UInt8 = 3
    static let not: UInt8 = 4
    static let like: UInt8 = 5
    static let from: UInt8 = 6
    static let clause: UInt8 = 7
    static let literal: UInt8 = 8
    static let all: UInt8 = 9
    static let function: UInt8 = 10
    static let `case`: UInt8 = 11
    static let when: UInt8 = 12
    static let then: UInt8 = 13
    static let by: UInt8 = 14
    static let into: UInt8 = 15
    static let file: UInt8 = 16
    static let delay: UInt8 = 17
    static let object: UInt8 = 18
    static let order: UInt8 = 19
    static let having: UInt8 = 20
    static let limit: UInt8 = 21
    static let waitfor: UInt8 = 22
    static let insert: UInt8 = 23
    static let update: UInt8 = 24
    static let delete: UInt8 = 25
    static let drop: UInt8 = 26
    static let execute: UInt8 = 27
    static let declare: UInt8 = 28
    static let set: UInt8 = 29
    static let shutdown: UInt8 = 30
    static let copy: UInt8 = 31
    static let sleep: UInt8 = 32
    static let between: UInt8 = 33
    static let `in`: UInt8 = 34
    static let `is`: UInt8 = 35
    static let procedure: UInt8 = 36
    static let values: UInt8 = 37

    static let table = WordTable([
        (union, "union except intersect minus"), (select, "select"), (logic, "or and xor div mod"), (not, "not"),
        (like, "like ilike rlike regexp glob sounds similar"), (from, "from"), (clause, "where join using"), (literal, "null true false"),
        (all, "all distinct distinctrow"),
        (
            function,
            """
            concat concat_ws group_concat char chr nchar ascii ord mid substr substring left right length char_length len if ifnull iff iif
            nullif coalesce
            case hex unhex md5 sha1 user database version schema current_user session_user system_user load_file extractvalue updatexml
            cast convert count min max avg sum floor round rand exp row strcmp lower upper lpad rpad replace reverse elt field make_set
            export_set bin conv now sysdate curdate current_date randomblob quote json_extract json_keys xmltype pg_ls_dir pg_read_file
            query_to_xml lo_import bitand decode nvl nvl2 to_char rawtohex ctxsys dbms_pipe utl_inaddr exists zeroblob typeof unicode
            db_name host_name object_id xmlelement chr2 instr locate position st_latfromgeohash gtid_subset name_const st_pointfromgeohash printf
            abs sign sqlite_version load_extension current_setting generate_series string_agg array_agg column_json
            """
        ),
        (`case`, "case"), (when, "when"), (then, "then"), (by, "by"), (into, "into"), (file, "outfile dumpfile"), (delay, "delay time"),
        (object, "table database procedure function view index schema user login trigger role column sequence"), (order, "order group"),
        (having, "having"), (limit, "limit offset"), (waitfor, "waitfor"), (insert, "insert replace"), (update, "update"), (delete, "delete"),
        (drop, "drop create alter truncate"), (execute, "exec execute call"), (declare, "declare"), (set, "set"), (shutdown, "shutdown"),
        (copy, "copy backup grant"), (sleep, "sleep benchmark pg_sleep sleepf"), (between, "between"), (`in`, "in"), (`is`, "is isnull"),
        (procedure, "analyse analyze"), (values, "values"),
    ])
}
