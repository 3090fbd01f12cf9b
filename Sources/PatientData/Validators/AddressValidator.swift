/// Chinese postal addresses: at least two of region, road or place, and number; a region alone points at nobody.
enum AddressValidator {
    private static let organisations = WordSet("公司 集团 医院 学校 中学 小学 大学 学院 幼儿园 中心 药店 药房 门诊部 诊所 商店 超市 银行 支行 分行 酒店 宾馆 局 厂 馆 所 站 店")

    static func matches(_ text: TextScalars, _ terms: TextTerms) -> Bool {
        guard text.count >= 6 else { return false }
        let topics = terms.topics
        let hasRegion = topics.contains(.region)
        let hasPlace = topics.contains(.place)
        let hasNumber = topics.contains(.houseUnit)
        guard (hasRegion && (hasPlace || hasNumber)) || (hasPlace && hasNumber) else { return false }
        // A complaint speaks of places too (右侧大腿内侧…3天); an address isn't taken three times a day.
        return terms.directions < 2 && !text.ends(organisations)
    }

    // MARK: A quick look

    /// What a character alone says, for ``confirms(_:)``.
    private static let roles: [UInt8] = {
        var roles = [UInt8](repeating: 0, count: 0x1_0000)
        func add(_ role: UInt8, _ characters: String) {
            for scalar in characters.unicodeScalars where scalar.value < 0x1_0000 { roles[Int(scalar.value)] |= role }
        }
        add(region, "省市区县旗盟")
        add(place, "路街道巷弄村屯庄镇乡里坊湾苑")
        add(unit, "号號室栋幢棟座楼层组队门排")
        // Last characters of organisations; and what no readable address holds. With them, the careful look decides.
        add(organisation, "司团院学校园心店房部所市行馆局厂站")
        add(foreign, "次服●○█■某＊")
        return roles
    }()
    private static let region: UInt8 = 1
    private static let place: UInt8 = 2
    private static let unit: UInt8 = 4
    private static let organisation: UInt8 = 8
    private static let foreign: UInt8 = 16

    /// Whether a readable value is an address for sure; nil when only ``matches(_:_:)`` can tell.
    @inline(__always)
    static func confirms(_ value: UnsafeBufferPointer<UInt8>) -> Bool? {
        guard value.count >= 18, value.count <= 288 else { return nil }
        var found: UInt8 = 0
        var index = 0
        var position = 0
        var isNumbered = false
        return roles.withUnsafeBufferPointer { roles -> Bool? in
            while index < value.count {
                let byte = value[index]
                if byte < 0x80 {
                    guard byte != 0x2A, byte != 0x23 else { return nil }
                    isNumbered = byte &- 0x30 <= 9 || (byte | 0x20) &- 0x61 <= 25
                    index += 1
                } else {
                    guard byte & 0xF0 == 0xE0, index + 2 < value.count else { return nil }
                    let scalar = Int(byte & 0x0F) << 12 | Int(value[index + 1] & 0x3F) << 6 | Int(value[index + 2] & 0x3F)
                    let role = roles[scalar]
                    index += 3
                    if role != 0 {
                        if position >= 2 { found |= role & (region | place) }
                        if isNumbered { found |= role & unit }
                        guard role & foreign == 0, role & organisation == 0 || index < value.count else { return nil }
                    }
                    isNumbered = false
                }
                position += 1
            }
            let isAddress = found.nonzeroBitCount >= 2 && (found & region != 0 || found == place | unit)
            return isAddress ? true : nil
        }
    }
}
