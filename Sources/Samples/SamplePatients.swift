package import Datastores
package import ReferenceData

/// Synthetic patients: nobody's data, with everything that makes data look real: check digits, regions, dates and sexes that agree, and
/// diagnoses with their prescriptions. The same parameters give the same bytes, today and on every machine, except for sealed values. Each row
/// depends on its number alone, so that the first thousand of a million are the same as a thousand.
package struct SamplePatients: Sendable {
    /// The columns, in order.
    package enum Field: String, CaseIterable, Sendable {
        case patientNumber = "patient_no"
        case name
        case sex
        case idCard = "id_card"
        case mobile
        case birthDate = "birth_date"
        case address
        case email
        case bankCard = "bank_card"
        case diagnosis
        case prescription
        case visitDate = "visit_date"

        /// Whether a protection covers it.
        package var isPersonal: Bool {
            switch self {
            case .patientNumber, .sex, .visitDate: false
            default: true
            }
        }
    }

    package static let tableName = "patients"

    package let rows: Int
    package let seed: UInt64
    package let protection: SampleProtection
    /// Ages are 12 to 95 years on this day, and nobody is born after 2014; the last two years before it hold the visits.
    package let referenceDate: CivilDate

    package init(rows: Int, seed: UInt64, protection: SampleProtection = .clear, referenceDate: CivilDate) {
        self.rows = max(0, rows)
        self.seed = seed
        self.protection = protection
        self.referenceDate = referenceDate
    }

    /// The table `patients` with Chinese comments; types that PostgreSQL, MySQL and SQLite share.
    package var table: Table { table(named: SamplePatients.tableName) }

    package func table(named name: String) -> Table {
        Table(
            name: name, comment: "患者信息（合成数据）",
            columns: Field.allCases.map { field in
                Column(name: field.rawValue, type: type(of: field), comment: field.comment, isPrimaryKey: field == .patientNumber)
            })
    }

    /// Hands out all rows in batches. The batch may be kept.
    /// - Parameter batchSize: 1,024 rows are few enough that memory is used again while it is in the processor's caches.
    /// - Throws: what `body` throws, and `CryptographyFailure` when sealing fails.
    package func generate(batchSize: Int = 1_024, _ body: (Batch) throws -> Void) throws {
        let maker = PatientMaker(seed: seed, reference: referenceDate)
        let texts = PatientTexts(maker: maker, seed: seed, reference: referenceDate)
        let columns = try PatientColumns(texts: texts, protection: protection)
        var patients: [Patient] = []
        var done = 0
        while done < rows {
            let end = min(rows, done + max(1, batchSize))
            patients.removeAll(keepingCapacity: true)
            for index in done..<end { patients.append(maker.patient(index)) }
            try body(columns.batch(of: patients))
            done = end
        }
    }

    private func type(of field: Field) -> String {
        switch (field, protection) {
        case (.visitDate, _), (.birthDate, .clear): "date"
        case (.patientNumber, _): "varchar(16)"
        case (.sex, _): "varchar(4)"
        case (_, .encrypted): "varchar(\(ValueSealer.sealedLength(of: field.length * 3)))"
        case (_, .masked), (_, .clear): "varchar(\(field.length))"
        }
    }
}

extension SamplePatients.Field {
    var comment: String {
        switch self {
        case .patientNumber: "患者编号"
        case .name: "姓名"
        case .sex: "性别"
        case .idCard: "身份证号"
        case .mobile: "手机号"
        case .birthDate: "出生日期"
        case .address: "家庭住址"
        case .email: "电子邮箱"
        case .bankCard: "银行卡号"
        case .diagnosis: "诊断"
        case .prescription: "处方"
        case .visitDate: "就诊日期"
        }
    }

    /// Characters at most, in the clear.
    var length: Int {
        switch self {
        case .patientNumber: 16
        case .sex: 4
        case .idCard: 18
        case .mobile: 20
        case .birthDate, .visitDate: 10
        case .name, .bankCard: 32
        case .email, .diagnosis: 64
        case .address: 128
        case .prescription: 255
        }
    }
}
