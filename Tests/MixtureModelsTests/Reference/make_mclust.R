# Makes mclust.json beside it: the log-likelihood of three full covariances for the blood test, by mclust 6.0.0.
#
# Run with R 4.2.2 and mclust 6.0.0 (`apt install r-cran-mclust`):
#
#     Rscript make_mclust.R
#
# mclust's EM stops as soon as a step changes the log-likelihood by less than a part in 100,000 (`emControl()$tol`). So there are two
# numbers for each start: where it stops, which is what its guide "A quick tour of mclust" prints, and where it gets to if it is carried
# on from there. The second start is the default of the versions before 5.4, by the news of that version. Lesson 3 prints these numbers
# beside its own, and its tests compare them.

suppressPackageStartupMessages(library(mclust))
stopifnot(packageVersion("mclust") == "6.0.0")
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
x <- as.matrix(read.csv(file.path(here, "../../../Lessons/Data/diabetes.csv"))[, c("glucose", "insulin", "sspg")])
fit <- function(use) {
  start <- list(hcPairs = hc(x, modelName = "VVV", use = use))
  stopped <- Mclust(x, G = 3, modelNames = "VVV", initialization = start, verbose = FALSE)
  carried <- me(modelName = "VVV", data = x, z = stopped$z, control = emControl(tol = c(1e-14, 1e-14)))
  sprintf('{"stopped": %.9f, "carriedOn": %.9f}', stopped$loglik, carried$loglik)
}
cat(
  sprintf('{\n "default": %s,\n "before5.4": %s,\n "tolerance": %.0e\n}\n', fit("SVD"), fit("VARS"), emControl()$tol[1]),
  file = file.path(here, "mclust.json"), sep = "")
