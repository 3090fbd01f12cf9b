import Geography
import Glibc

/// How far regions lie apart at least: between their centres, less how far each reaches from its centre. Rounded public geography.
enum RegionDistance {
    private struct Extent {
        var latitude: Double
        var longitude: Double
        /// Kilometres from the centre to the edges where people live.
        var radius: Double
    }

    private static let extents: [String: Extent] = {
        var extents: [String: Extent] = [:]
        for line in table.split(separator: "\n") {
            let parts = line.split(separator: " ").map(String.init)
            guard parts.count == 4, let latitude = Double(parts[1]), let longitude = Double(parts[2]), let radius = Double(parts[3]) else { continue }
            extents[parts[0]] = Extent(latitude: latitude, longitude: longitude, radius: radius)
        }
        return extents
    }()

    /// Kilometres; nil when either region is not known, 0 for neighbours.
    static func least(_ one: RegionCode, _ other: RegionCode) -> Double? {
        guard let one = extents[one.description], let other = extents[other.description] else { return nil }
        return max(0, greatCircle(one, other) - one.radius - other.radius)
    }

    private static func greatCircle(_ one: Extent, _ other: Extent) -> Double {
        let radians = Double.pi / 180
        let (a, b) = (one.latitude * radians, other.latitude * radians)
        let halfLatitude = sin((b - a) / 2)
        let halfLongitude = sin((other.longitude - one.longitude) * radians / 2)
        return 12_742 * asin(min(1, (halfLatitude * halfLatitude + cos(a) * cos(b) * halfLongitude * halfLongitude).squareRoot()))
    }

    /// Code, degrees north, degrees east, radius. Centres of where people live rather than of land.
    private static let table = """
        CN 33 112 1300
        HK 22.3 114.2 30
        MO 22.2 113.5 10
        TW 24 121 200
        JP 36 138 900
        KR 36.5 127.5 250
        KP 39.5 126 250
        MN 47 105 700
        SG 1.3 103.8 30
        MY 3 102 900
        TH 15 101 700
        VN 16 107 800
        KH 12 105 250
        LA 18 103 400
        MM 20 96 700
        PH 12 122 800
        ID -4 112 1900
        BN 4.5 114.7 60
        IN 22 79 1300
        PK 30 70 750
        BD 24 90 300
        NP 28 84 400
        LK 7.5 80.7 200
        KZ 48 68 1300
        UZ 41 65 600
        AF 34 66 550
        IR 33 53 900
        IQ 33 44 450
        SA 24 45 800
        AE 24.5 54.5 250
        QA 25.3 51.3 80
        IL 31.5 34.9 220
        TR 39 35 750
        RU 57 50 2200
        UA 49 32 600
        BY 53.5 28 300
        MD 47 28.8 150
        PL 52 19 350
        CZ 49.8 15.5 230
        SK 48.7 19.5 200
        HU 47.2 19.4 220
        RO 46 25 320
        BG 42.7 25.5 220
        GR 39 22.5 350
        RS 44 21 220
        HR 45.2 15.5 230
        SI 46 14.8 110
        AT 47.6 14 280
        CH 46.8 8.2 160
        DE 51 10.3 420
        NL 52.2 5.4 150
        BE 50.6 4.6 130
        LU 49.8 6.1 40
        FR 46.7 2.5 520
        ES 40 -3.7 550
        PT 39.6 -8 300
        IT 42.8 12.5 550
        GB 53 -1.8 480
        IE 53.2 -7.8 220
        DK 56 10 200
        SE 59.5 15.5 700
        NO 62 10 800
        FI 62.5 25.5 550
        EE 58.7 25.5 170
        LV 56.9 24.8 220
        LT 55.2 23.9 180
        EG 28 31 550
        ZA -29 25 750
        NG 9 8 600
        KE 0 37.8 450
        MA 32 -6.5 500
        US 39 -96 2400
        CA 48 -95 2600
        MX 22 -101 1300
        PA 8.6 -80 250
        CO 4.5 -74 700
        VE 8 -66 600
        PE -9.5 -75.5 900
        CL -33 -71 1600
        AR -34 -63 1500
        BR -15 -48 2000
        SC -4.7 55.5 100
        AU -30 143 2000
        NZ -41 174 700
        """
}
