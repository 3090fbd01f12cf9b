/// How busy people are.
enum Rhythm {
    private static let patients: [Double] = [
        1.2, 0.6, 0.4, 0.3, 0.3, 0.5, 1.4, 3.0, 5.2, 7.0, 7.4, 6.6, 5.4, 5.6, 6.4, 6.6, 6.2, 5.4, 5.0, 5.6, 6.4, 6.2, 4.6, 2.6,
    ]

    /// Of all lines, how much an hour has.
    static func hour(_ time: Moment, holiday: Bool) -> Double {
        let weekend = weekday(time) >= 5
        return patients[Int(timeOfDay(time) / simulate.hour)] * (holiday ? 0.55 : weekend ? 0.8 : weekday(time) == 0 ? 1.1 : 1)
    }
}
