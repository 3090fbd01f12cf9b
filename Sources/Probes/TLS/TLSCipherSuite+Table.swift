/// From IANA's registry "TLS Cipher Suites" and, for TLCP, GB/T 38636-2020 table 2.
extension TLSCipherSuite {
    typealias Entry = (UInt16, String)

    static let newest: [Entry] = [
        (0x1301, "TLS_AES_128_GCM_SHA256"), (0x1302, "TLS_AES_256_GCM_SHA384"), (0x1303, "TLS_CHACHA20_POLY1305_SHA256"),
        (0x1304, "TLS_AES_128_CCM_SHA256"), (0x00C6, "TLS_SM4_GCM_SM3"), (0x00C7, "TLS_SM4_CCM_SM3"),
    ]

    static let national: [Entry] = [
        (0xE011, "ECDHE_SM4_CBC_SM3"), (0xE013, "ECC_SM4_CBC_SM3"), (0xE019, "RSA_SM4_CBC_SM3"), (0xE01C, "RSA_SM4_CBC_SHA256"),
        (0xE051, "ECDHE_SM4_GCM_SM3"), (0xE053, "ECC_SM4_GCM_SM3"), (0xE059, "RSA_SM4_GCM_SM3"), (0xE05A, "RSA_SM4_GCM_SHA256"),
    ]

    static let good: [Entry] = [
        (0xC02B, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"), (0xC02F, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
        (0xC02C, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"), (0xC030, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"),
        (0xCCA9, "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"), (0xCCA8, "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"),
        (0x009E, "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"), (0x009F, "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384"),
        (0xCCAA, "TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256"), (0xC023, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"),
        (0xC024, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384"), (0xC027, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256"),
        (0xC028, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384"), (0x0067, "TLS_DHE_RSA_WITH_AES_128_CBC_SHA256"),
        (0x006B, "TLS_DHE_RSA_WITH_AES_256_CBC_SHA256"),
    ]

    static let weak: [(weakness: Weakness, suites: [Entry])] = [
        (
            .null,
            [
                (0x0001, "TLS_RSA_WITH_NULL_MD5"), (0x0002, "TLS_RSA_WITH_NULL_SHA"), (0x003B, "TLS_RSA_WITH_NULL_SHA256"),
                (0xC006, "TLS_ECDHE_ECDSA_WITH_NULL_SHA"), (0xC010, "TLS_ECDHE_RSA_WITH_NULL_SHA"), (0xC001, "TLS_ECDH_ECDSA_WITH_NULL_SHA"),
                (0xC00B, "TLS_ECDH_RSA_WITH_NULL_SHA"), (0xC015, "TLS_ECDH_anon_WITH_NULL_SHA"),
            ]
        ),
        (
            .anonymous,
            [
                (0x0018, "TLS_DH_anon_WITH_RC4_128_MD5"), (0x001A, "TLS_DH_anon_WITH_DES_CBC_SHA"), (0x001B, "TLS_DH_anon_WITH_3DES_EDE_CBC_SHA"),
                (0x0034, "TLS_DH_anon_WITH_AES_128_CBC_SHA"), (0x003A, "TLS_DH_anon_WITH_AES_256_CBC_SHA"),
                (0x006C, "TLS_DH_anon_WITH_AES_128_CBC_SHA256"), (0x006D, "TLS_DH_anon_WITH_AES_256_CBC_SHA256"),
                (0x00A6, "TLS_DH_anon_WITH_AES_128_GCM_SHA256"), (0x00A7, "TLS_DH_anon_WITH_AES_256_GCM_SHA384"),
                (0xC016, "TLS_ECDH_anon_WITH_RC4_128_SHA"), (0xC017, "TLS_ECDH_anon_WITH_3DES_EDE_CBC_SHA"),
                (0xC018, "TLS_ECDH_anon_WITH_AES_128_CBC_SHA"), (0xC019, "TLS_ECDH_anon_WITH_AES_256_CBC_SHA"),
            ]
        ),
        (
            .export,
            [
                (0x0003, "TLS_RSA_EXPORT_WITH_RC4_40_MD5"), (0x0006, "TLS_RSA_EXPORT_WITH_RC2_CBC_40_MD5"),
                (0x0008, "TLS_RSA_EXPORT_WITH_DES40_CBC_SHA"), (0x000B, "TLS_DH_DSS_EXPORT_WITH_DES40_CBC_SHA"),
                (0x000E, "TLS_DH_RSA_EXPORT_WITH_DES40_CBC_SHA"), (0x0011, "TLS_DHE_DSS_EXPORT_WITH_DES40_CBC_SHA"),
                (0x0014, "TLS_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA"), (0x0017, "TLS_DH_anon_EXPORT_WITH_RC4_40_MD5"),
                (0x0019, "TLS_DH_anon_EXPORT_WITH_DES40_CBC_SHA"), (0x0062, "TLS_RSA_EXPORT1024_WITH_DES_CBC_SHA"),
                (0x0064, "TLS_RSA_EXPORT1024_WITH_RC4_56_SHA"),
            ]
        ),
        (
            .rc4,
            [
                (0x0004, "TLS_RSA_WITH_RC4_128_MD5"), (0x0005, "TLS_RSA_WITH_RC4_128_SHA"), (0xC002, "TLS_ECDH_ECDSA_WITH_RC4_128_SHA"),
                (0xC007, "TLS_ECDHE_ECDSA_WITH_RC4_128_SHA"), (0xC00C, "TLS_ECDH_RSA_WITH_RC4_128_SHA"), (0xC011, "TLS_ECDHE_RSA_WITH_RC4_128_SHA"),
            ]
        ),
        (
            .smallBlock,
            [
                (0x0007, "TLS_RSA_WITH_IDEA_CBC_SHA"), (0x0009, "TLS_RSA_WITH_DES_CBC_SHA"), (0x000A, "TLS_RSA_WITH_3DES_EDE_CBC_SHA"),
                (0x0012, "TLS_DHE_DSS_WITH_DES_CBC_SHA"), (0x0013, "TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA"), (0x0015, "TLS_DHE_RSA_WITH_DES_CBC_SHA"),
                (0x0016, "TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA"), (0xC003, "TLS_ECDH_ECDSA_WITH_3DES_EDE_CBC_SHA"),
                (0xC008, "TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA"), (0xC00D, "TLS_ECDH_RSA_WITH_3DES_EDE_CBC_SHA"),
                (0xC012, "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA"),
            ]
        ),
        (
            .noForwardSecrecy,
            [
                (0x002F, "TLS_RSA_WITH_AES_128_CBC_SHA"), (0x0035, "TLS_RSA_WITH_AES_256_CBC_SHA"), (0x003C, "TLS_RSA_WITH_AES_128_CBC_SHA256"),
                (0x003D, "TLS_RSA_WITH_AES_256_CBC_SHA256"), (0x009C, "TLS_RSA_WITH_AES_128_GCM_SHA256"),
                (0x009D, "TLS_RSA_WITH_AES_256_GCM_SHA384"), (0x0041, "TLS_RSA_WITH_CAMELLIA_128_CBC_SHA"),
                (0x0084, "TLS_RSA_WITH_CAMELLIA_256_CBC_SHA"), (0x0096, "TLS_RSA_WITH_SEED_CBC_SHA"), (0xC09C, "TLS_RSA_WITH_AES_128_CCM"),
                (0xC09D, "TLS_RSA_WITH_AES_256_CCM"),
            ]
        ),
        (
            .cbcSHA1,
            [
                (0xC009, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"), (0xC00A, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"),
                (0xC013, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"), (0xC014, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA"),
                (0x0033, "TLS_DHE_RSA_WITH_AES_128_CBC_SHA"), (0x0039, "TLS_DHE_RSA_WITH_AES_256_CBC_SHA"),
                (0x0032, "TLS_DHE_DSS_WITH_AES_128_CBC_SHA"), (0x0038, "TLS_DHE_DSS_WITH_AES_256_CBC_SHA"),
            ]
        ),
    ]
}
