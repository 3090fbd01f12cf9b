/// Names of parameters that say what a value does on the server.
enum ParameterNames {
    /// Takes a command, or code.
    static let command: UInt8 = 1 << 0
    /// Names a file or address that the server opens.
    static let include: UInt8 = 1 << 1
    /// Names a record by its number.
    static let identifier: UInt8 = 1 << 2
    /// Lists fields: `fields=id|name`.
    static let fields: UInt8 = 1 << 3

    static let table = WordTable([
        (
            command,
            """
            cmd exec command execute c e x shell system run cmdline code pass pwd ant ping ip host func function daemon upload dir jump cli eval arg
            payload i
            """
        ),
        (
            include,
            """
            file inc path template tpl folder document doc root load read module mod view layout lang language style theme conf config url src
            source filename filepath basepath abspath base_path root_path absolute_path content site body skin board
            """
        ),
        (include | identifier, "page pg p show action include"),
        (
            identifier,
            """
            id ids uid pid cid sid aid bid gid tid nid oid rid mid fid did no num cat catid item itemid userid user_id newsid news_id article
            articleid product productid patientid orderid topic thread post q s artist
            """
        ),
        (fields, "fields field columns cols select sort sorts order orderby order_by tags tag types expand props keys with"),
    ])
}
