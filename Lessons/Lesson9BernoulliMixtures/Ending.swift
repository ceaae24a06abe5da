import Notebook

// What stands at the end: questions, the page to hand out, what to run next, the literature.

extension Lesson9BernoulliMixtures {
    func ending(of report: inout Report, _ small: SmallImages, _ hand: ByHand, thirdNumber: Prose, figure: String) {
        report.recap(Self.questions)
        report.summary(
            goal: #"""
                Explain vectors of zeros and ones by $\classcount$ hidden classes, within each of which the elements are independent; and find the classes without having seen any.
                """#,
            box: ByHand.boxTitle, updates: ["prml.9.47", "prml.9.50", "prml.9.59"],
            numbers: [
                """
                Three pixels, two classes: no covariance inside a class, and \(small.covariance[0][1], .fixed(4)) between the first two pixels of the mixture.
                """,
                """
                Six images by hand: the first round raises the log-likelihood by \(hand.rise, .fixed(3)).
                """,
                thirdNumber,
            ], figure: figure)
        report.next = [
            (
                "swift run Lesson9BernoulliMixtures --seed 7 --output out/l9",
                "Other starts, other drawn digits, other digits to complete. Which numbers stay?"
            ),
            (
                """
                swift run Lesson9BernoulliMixtures --data answers.csv --columns q1,q2,q3,q4,q5 \\
                    --components 2 --restarts 20 --output out/answers
                """,
                "Section 4 on columns of your own with the values 0 and 1: answers to a test, symptoms, purchases."
            ),
            (
                "swift run Lesson9BernoulliMixtures --notation prml --output out/prml",
                "The whole report in the letters of Bishop's book."
            ),
            (
                "swift run Lesson6LagrangeUpdate --output out/l6",
                "The weights of this mixture, by a Lagrange multiplier."
            ),
        ]
        // A report about somebody's own file is not about the digits.
        report.references = Self.literature.filter { !report.isAboutOwnData || !Self.aboutDigits.contains($0.id) }
    }

    private static let questions: [(question: Prose, answer: Prose)] = [
        (
            "The pixels are independent within each class. Why are they dependent in the mixture?",
            """
            Each pixel says something about the hidden class, and the class says something about all other pixels. The covariance of two pixels is the covariance of
            their means over the classes.
            """
        ),
        (
            "What is the M-step, in words?",
            "Each mean image becomes the average of all images, each image weighed by its responsibility; each weight becomes the average responsibility."
        ),
        (
            "The printed derivative has a wrong denominator. Why is the update right all the same?",
            """
            Read with the constant 1 in its second term, it is the true derivative times a factor that is not 0 inside the interval. Both are 0 at the same place, and uphill is the same way. A program that
            compares the slope with differences would notice.
            """
        ),
        (
            "A pixel is on in no image of a class. Where is the maximum, what is the slope there, and what happens to the next image with that pixel on?",
            """
            At probability 0, at the edge, where the slope is minus the effective count. The next image with that pixel on has probability 0 in the class, unless a prior prevents it.
            """
        ),
        (
            "Part of an image is covered. What changes in the E-step?",
            "The factors of the covered pixels are left out; nothing else. The parameters stay, and so does the formula."
        ),
    ]

    private static let aboutDigits: Set<String> = ["uci-digits", "numpy"]

    private static let literature: [(id: String, citation: Prose)] = [
        (
            "prml",
            "C. M. Bishop, *Pattern Recognition and Machine Learning* (2006), section 9.3.3; Yue Yu, notes on chapter 9, which derive its numbered equations."
        ),
        (
            "uci-digits",
            """
            E. Alpaydin and C. Kaynak, *Optical Recognition of Handwritten Digits*, UCI Machine Learning Repository (1998), CC BY 4.0: the 541 digits 2, 3 and 4 of \
            the part for testing, 8 × 8 pixels.
            """
        ),
        (
            "numpy",
            "NumPy 2.4.6: EM in 30 lines of Python, 200 random starts, `Tests/MixtureModelsTests/Reference/make_digits.py`."
        ),
        (
            "lazarsfeld-1968",
            "P. F. Lazarsfeld and N. W. Henry, *Latent Structure Analysis* (1968): the same model for answers to questions, called latent class analysis."
        ),
        (
            "allman-2009",
            """
            E. S. Allman, C. Matias and J. A. Rhodes, “Identifiability of parameters in latent structure models with many observed variables”, *Annals of Statistics* 37 (2009), 3099-3132.
            """
        ),
    ]
}
