/// What stands around the words of ``LatinColumnWords``, and what it makes of them.
enum ColumnWords {
    /// Stand before what belongs to a person.
    static let personPrefixes = [
        "br", "hz", "lxr", "jhr", "yh", "kh", "hy", "gr", "jz", "zy", "mz", "ys", "czr", "sjr", "patient", "user", "p", "pat",
    ]

    static let persons: Set<String> = [
        "patient", "user", "customer", "cust", "member", "person", "doctor", "nurse", "staff", "employee", "emp", "contact", "receiver", "buyer",
        "guardian", "parent", "holder", "applicant", "insured", "client", "real", "true", "full", "first", "last", "family", "given", "hz", "br",
        "cardholder",
    ]

    /// Whose name, address or position isn't a person's.
    static let namedThings: Set<String> = [
        "drug", "dept", "department", "hospital", "product", "goods", "item", "file", "table", "org", "organization", "company", "shop", "store",
        "brand", "class", "type", "menu", "role", "disease", "diag", "diagnosis", "city", "province", "region", "country", "login", "host", "domain",
        "field", "column", "group", "project", "category", "device", "app", "event", "task", "job", "plan", "service", "medicine", "test", "exam",
        "lab", "operation", "template", "channel", "activity", "course", "room", "ward", "supplier", "vendor", "manufacturer", "sku", "key",
        "display",
        "bank", "school", "hotel", "pharmacy", "factory", "warehouse", "clinic", "merchant", "seller", "branch", "street", "road", "building", "book",
        "equipment", "instrument", "model", "carrier", "airline", "station", "server", "node", "gateway", "proxy", "package", "business", "usage",
        "fee",
        "unit", "express", "courier", "image", "host",
    ]
    /// Kinds that a thing has as well.
    static let thingsHave: Set<DataKind> = [.name, .address, .geoLocation, .landline, .age, .occupation, .ipAddress, .macAddress, .employer]

    /// At the end of a name they make another thing of it.
    static let attributes: Set<String> = [
        "no", "num", "number", "code", "id", "date", "time", "at", "type", "status", "state", "count", "cnt", "qty", "quantity", "amount", "amt",
        "price", "fee", "cost", "url", "flag", "unit", "spec", "key", "seq", "sort", "level", "score", "rate", "ratio", "rq", "sj", "lx", "zt", "bm",
        "bh", "je", "verified", "is", "img", "image", "photo", "path", "file", "days", "times", "stock", "doctor", "dept", "expires", "expiry",
        "expire", "ttl", "length", "strength", "version", "range", "group", "limit", "template", "x", "y", "place",
    ]
    /// May follow a person: contact_name, receiver_cn.
    static let nameWords: Set<String> = ["name", "cn", "zh", "xm", "full", "real"]
    /// An illness's code says as much as its name.
    static let codeWords: Set<String> = ["code", "bm"]
    static let numberWords: Set<String> = ["no", "num", "number", "code", "id", "bh"]
    /// Kinds that are numbers, or codes, themselves.
    static let numbered: Set<DataKind> = [
        .idCard, .mobile, .landline, .bankCard, .medicalRecordNumber, .passport, .hkMacauPermit, .taiwanPermit, .foreignerPermit, .militaryId,
        .birthCertificate, .socialSecurity, .medicalInsurance, .doctorLicence, .unifiedSocialCreditCode, .licensePlate, .wechat, .qq, .deviceId,
        .drugApprovalNumber, .icd10, .sex, .ethnicity, .maritalStatus, .occupation, .token, .biometric, .postcode,
    ]
    /// What an image of somebody's finger or face is.
    static let imageWords: Set<String> = ["img", "image", "photo", "file"]
}
