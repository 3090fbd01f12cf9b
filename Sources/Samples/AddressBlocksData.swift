/// Address space to draw synthetic clients from: large, long-standing blocks by region, from the Debian package `tor-geoipdb` of June 2026 (IPFire
/// Location database, CC BY-SA 4.0). They are numbers and nothing else: no traffic of theirs was ever seen.
enum AddressBlocks {
    /// Region and the first two bytes of blocks of 65,536 addresses.
    static let data = """
        CN 36.96 59.192 222.16 110.240 42.244 183.184 113.64 112.0 116.128 120.192 61.128 39.128 117.136 182.96 223.64 175.48 115.192 220.160 114.208
        CN 218.56 27.184 111.128 221.200 106.12 121.8 119.112 125.64 123.64 122.64 58.32 180.96 219.128 60.160 49.64 14.104 202.96 211.80 171.104
        HK 223.16 221.124 219.76 218.188 118.140
        TW 120.96 140.109 163.13 220.128 218.160 114.32
        MO 60.246
        US 73.0 71.192 98.192 174.192 68.32
        RU 95.24 178.64 176.208 128.68 5.136 176.192
        NL 145.134 145.192 77.160
        DE 91.0 93.192 87.128 84.128
        SG 43.64 18.138
        VN 171.224 113.160 14.224 14.160
        JP 133.0 221.16 60.64
        KR 175.192 121.128 14.32 112.144
        GB 86.128
        IN 117.192 106.192 122.160
        BR 179.72
        FR 176.128 86.192 109.0
        UA 176.36 37.52 178.150
        """
}
