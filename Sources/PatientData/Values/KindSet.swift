/// A set of kinds that one value can show, in one word; above them, marks that only a column makes something of.
struct KindSet: OptionSet, Hashable, Sendable {
    let rawValue: UInt64

    static let idCard = KindSet(rawValue: 1 << 0)
    static let name = KindSet(rawValue: 1 << 1)
    static let mobile = KindSet(rawValue: 1 << 2)
    static let email = KindSet(rawValue: 1 << 3)
    static let address = KindSet(rawValue: 1 << 4)
    static let bankCard = KindSet(rawValue: 1 << 5)
    static let birthDate = KindSet(rawValue: 1 << 6)
    static let diagnosis = KindSet(rawValue: 1 << 7)
    static let drug = KindSet(rawValue: 1 << 8)
    static let prescription = KindSet(rawValue: 1 << 9)
    static let passport = KindSet(rawValue: 1 << 10)
    static let hkMacauPermit = KindSet(rawValue: 1 << 11)
    static let taiwanPermit = KindSet(rawValue: 1 << 12)
    static let foreignerPermit = KindSet(rawValue: 1 << 13)
    static let militaryId = KindSet(rawValue: 1 << 14)
    static let birthCertificate = KindSet(rawValue: 1 << 15)
    static let socialSecurity = KindSet(rawValue: 1 << 16)
    static let medicalInsurance = KindSet(rawValue: 1 << 17)
    static let medicalRecordNumber = KindSet(rawValue: 1 << 18)
    static let doctorLicence = KindSet(rawValue: 1 << 19)
    static let unifiedSocialCreditCode = KindSet(rawValue: 1 << 20)
    static let licensePlate = KindSet(rawValue: 1 << 21)
    static let biometric = KindSet(rawValue: 1 << 22)
    static let landline = KindSet(rawValue: 1 << 23)
    static let postcode = KindSet(rawValue: 1 << 24)
    static let wechat = KindSet(rawValue: 1 << 25)
    static let qq = KindSet(rawValue: 1 << 26)
    static let ipAddress = KindSet(rawValue: 1 << 27)
    static let macAddress = KindSet(rawValue: 1 << 28)
    static let deviceId = KindSet(rawValue: 1 << 29)
    static let geoLocation = KindSet(rawValue: 1 << 30)
    static let age = KindSet(rawValue: 1 << 31)
    static let sex = KindSet(rawValue: 1 << 32)
    static let ethnicity = KindSet(rawValue: 1 << 33)
    static let maritalStatus = KindSet(rawValue: 1 << 34)
    static let occupation = KindSet(rawValue: 1 << 35)
    static let employer = KindSet(rawValue: 1 << 36)
    static let icd10 = KindSet(rawValue: 1 << 37)
    static let symptom = KindSet(rawValue: 1 << 38)
    static let medicalHistory = KindSet(rawValue: 1 << 39)
    static let allergy = KindSet(rawValue: 1 << 40)
    static let surgery = KindSet(rawValue: 1 << 41)
    static let labResult = KindSet(rawValue: 1 << 42)
    static let drugApprovalNumber = KindSet(rawValue: 1 << 43)
    static let insurancePayment = KindSet(rawValue: 1 << 44)
    static let passwordHash = KindSet(rawValue: 1 << 45)
    static let password = KindSet(rawValue: 1 << 46)
    static let token = KindSet(rawValue: 1 << 47)

    // Marks that are no kind.

    /// A foreigner's permit with the right check character.
    static let checkedPermit = KindSet(rawValue: 1 << 48)
    /// A doctor's licence that ends with a resident ID.
    static let checkedLicence = KindSet(rawValue: 1 << 49)
    /// A WeChat account that the system named.
    static let systemAccount = KindSet(rawValue: 1 << 50)
    /// Eighteen digits with region and date, but the wrong check character: many of them tell numbers that are built alike from resident IDs.
    static let uncheckedIdCard = KindSet(rawValue: 1 << 51)
    /// A card number by its check digit alone.
    static let checkedCard = KindSet(rawValue: 1 << 52)
    /// A code of illness with its dot.
    static let dottedCode = KindSet(rawValue: 1 << 53)
    /// One coordinate: degrees with a fraction of three digits or more.
    static let coordinate = KindSet(rawValue: 1 << 54)
    /// Two or more Chinese characters.
    static let chineseText = KindSet(rawValue: 1 << 55)
    /// A number, whole or with a fraction.
    static let number = KindSet(rawValue: 1 << 56)
    /// 男, 女 in words: `F` and `1` could be anything.
    static let sexInWords = KindSet(rawValue: 1 << 57)
    /// A telephone number without its area code.
    static let localTelephone = KindSet(rawValue: 1 << 58)
    /// Sixteen characters or more, letters and digits mixed, no word: a key, an identifier.
    static let opaque = KindSet(rawValue: 1 << 59)

    /// Tells of an illness in whole sentences, as a doctor writes it down.
    static let narrative = KindSet(rawValue: 1 << 60)

    /// Bits that are counted.
    static let width = 61

    /// The kinds that a value can show by itself.
    static let members: [(kind: DataKind, set: KindSet)] = [
        (.idCard, .idCard), (.name, .name), (.mobile, .mobile), (.email, .email), (.address, .address), (.bankCard, .bankCard),
        (.birthDate, .birthDate), (.diagnosis, .diagnosis), (.drug, .drug), (.prescription, .prescription), (.passport, .passport),
        (.hkMacauPermit, .hkMacauPermit), (.taiwanPermit, .taiwanPermit), (.foreignerPermit, .foreignerPermit), (.militaryId, .militaryId),
        (.birthCertificate, .birthCertificate), (.socialSecurity, .socialSecurity), (.medicalInsurance, .medicalInsurance),
        (.medicalRecordNumber, .medicalRecordNumber), (.doctorLicence, .doctorLicence), (.unifiedSocialCreditCode, .unifiedSocialCreditCode),
        (.licensePlate, .licensePlate), (.biometric, .biometric), (.landline, .landline), (.postcode, .postcode), (.wechat, .wechat), (.qq, .qq),
        (.ipAddress, .ipAddress), (.macAddress, .macAddress), (.deviceId, .deviceId), (.geoLocation, .geoLocation), (.age, .age), (.sex, .sex),
        (.ethnicity, .ethnicity), (.maritalStatus, .maritalStatus), (.occupation, .occupation), (.employer, .employer), (.icd10, .icd10),
        (.symptom, .symptom), (.medicalHistory, .medicalHistory), (.allergy, .allergy), (.surgery, .surgery), (.labResult, .labResult),
        (.drugApprovalNumber, .drugApprovalNumber), (.insurancePayment, .insurancePayment), (.passwordHash, .passwordHash),
        (.password, .password), (.token, .token),
    ]

    private static let byKind = Dictionary(uniqueKeysWithValues: members.map { ($0.kind, $0.set) })

    /// All marks.
    static let marks = KindSet(rawValue: ~0 << 48)

    /// The bit of a kind; empty for ``DataKind/none``.
    init(_ kind: DataKind) { self = Self.byKind[kind] ?? [] }

    init(rawValue: UInt64) { self.rawValue = rawValue }

    /// Calls `body` with the number of each bit.
    @inline(__always)
    func forEachBit(_ body: (Int) -> Void) {
        var left = rawValue
        while left != 0 {
            body(left.trailingZeroBitCount)
            left &= left - 1
        }
    }

    /// The kinds of it, marks left out.
    var kinds: [DataKind] { Self.members.lazy.filter { contains($0.set) }.map(\.kind) }
}
