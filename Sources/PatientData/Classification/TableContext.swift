package import Datastores

/// What the other columns of a table, and its name, say about one column.
package struct TableContext: Hashable, Sendable {
    /// The table has a row for each person, or for something of a person: it is called so, or identifies persons by another column.
    package var isOfPersons = false
    /// The table is a catalogue: of medicines, goods, houses; and no column identifies persons.
    package var isOfThings = false
    /// Longitude and latitude stand side by side.
    package var hasPosition = false

    package init() {}

    /// - Parameters:
    ///   - hints: what the names of the columns say; in their order.
    ///   - verdicts: what the columns are when each is looked at alone; in their order.
    ///   - index: the column it is for: it doesn't speak for itself.
    init(_ table: Table, hints: [ColumnHint?], verdicts: [ColumnVerdict], without index: Int) {
        let subject = TableNameReader.subject(of: table)
        let others = verdicts.indices.filter { $0 != index }
        let identifies = others.contains { other in
            let verdict = verdicts[other]
            guard verdict.protection != .empty else { return false }
            switch verdict.kind {
            case .idCard, .medicalInsurance, .socialSecurity, .passport: return true
            // Shops have telephones and contacts too.
            case .name, .birthDate, .sex, .mobile: return subject != .things
            case .medicalRecordNumber: return true
            default: return false
            }
        }
        isOfPersons = subject == .persons || identifies
        isOfThings = subject == .things && !identifies
        let names = Set(others.compactMap { other in hints[other].flatMap { $0.kind == .geoLocation ? other : nil } })
        hasPosition = !names.isEmpty
    }
}

/// Reads of whom or what a table is, from its name and comment.
enum TableNameReader {
    enum Subject: Hashable, Sendable { case persons, things }

    private static let persons: Set<String> = [
        "patient", "patients", "member", "members", "person", "persons", "people", "customer", "customers", "doctor", "doctors", "nurse", "nurses",
        "staff",
        "employee", "employees", "resident", "residents", "insured", "user", "users", "huanzhe", "hzxx", "brxx", "hz", "br", "ryxx", "yhxx", "ysxx",
        "hzjbxx", "guardian", "contacts", "visitor", "donor", "emr", "inpatient", "outpatient",
    ]
    private static let things: Set<String> = [
        "drug", "drugs", "medicine", "medicines", "goods", "product", "products", "item", "items", "sku", "hospital", "hospitals", "dept", "depts",
        "department",
        "departments", "shop", "shops", "store", "stores", "pharmacy", "pharmacies", "company", "companies", "supplier", "suppliers", "vendor",
        "vendors",
        "brand", "brands", "category", "categories", "dict", "dictionary", "city", "cities", "region", "regions", "area", "areas", "school",
        "schools", "hotel",
        "hotels", "device", "devices", "equipment", "asset", "assets", "config", "menu", "menus", "role", "roles", "article", "articles", "course",
        "courses",
        "manufacturer", "manufacturers", "flight", "flights", "warehouse", "book", "books", "ypzd", "kszd", "ypxx", "spxx", "ksxx", "yyxx",
    ]
    private static let chinesePersons = ["患者", "病人", "人员", "用户", "会员", "医生", "医师", "护士", "员工", "居民", "参保人", "客户", "个人", "职工", "就诊人"]
    private static let chineseThings = [
        "药品", "商品", "产品", "医院", "科室", "药店", "门店", "公司", "供应商", "品牌", "字典", "城市", "区域", "学校", "酒店", "设备", "厂家", "耗材", "器械", "物资", "目录", "菜单", "配置",
        "部门", "机构",
    ]

    static func subject(of table: Table) -> Subject? {
        let words = ColumnNameReader.tokens(table.name)
        let text = table.name + (table.comment ?? "")
        if words.contains(where: persons.contains) || chinesePersons.contains(where: text.contains) { return .persons }
        return words.contains(where: things.contains) || chineseThings.contains(where: text.contains) ? .things : nil
    }
}
