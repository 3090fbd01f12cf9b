import Foundation

func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
func naturalLogarithm(_ value: Double) -> Double { log(value) }
