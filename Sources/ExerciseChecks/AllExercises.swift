import Grading

/// The exercises, in the order of their numbers: 125 points in all.
public let allExercises: [Exercise] = [
    exercise1,
    exercise2,
    exercise3,
    exercise4,
    exercise5,
    exercise6,
    exercise7,
    exercise8,
    exercise9,
    exercise10,
    exercise11,
    exercise12,
    exercise13,
    exercise14,
    exercise15,
    exercise16,
    exercise17,
    exercise18,
    exercise19,
]
