@main struct Lesson4CoinFlips { static func main() {} }
