# mclust in the comparison of peers.py: answers each line "case" with "seconds log-likelihood".
suppressPackageStartupMessages(library(mclust))
arguments <- commandArgs(trailingOnly = TRUE)
cases <- list()
for (spec in strsplit(arguments[-1], ",")) {
  size <- as.integer(spec[-1]); n <- size[1]; d <- size[2]; k <- size[3]
  path <- file.path(arguments[1], spec[1])
  start <- readBin(paste0(path, ".start"), "double", k + k * d + k * d * d)
  sigma <- array(tail(start, k * d * d), c(d, d, k))
  variance <- if (d == 1) list(modelName = "V", d = 1, G = k, sigmasq = as.vector(sigma))
    else list(modelName = "VVV", d = d, G = k, sigma = sigma, cholsigma = array(apply(sigma, 3, chol), c(d, d, k)))
  mean <- start[(k + 1):(k + k * d)]
  cases[[spec[1]]] <- list(
    data = if (d == 1) readBin(paste0(path, ".data"), "double", n)
      else matrix(readBin(paste0(path, ".data"), "double", n * d), n, d, byrow = TRUE),
    parameters = list(pro = start[1:k], mean = if (d == 1) mean else matrix(mean, d, k), variance = variance),
    model = if (d == 1) "V" else "VVV", steps = size[4])
}
input <- file("stdin", "r")
while (length(name <- readLines(input, 1)) > 0) {
  case <- cases[[name]]
  # mclust counts E-steps: one more than M-steps, as everybody else has.
  control <- emControl(eps = 0, tol = c(0, 0), itmax = rep(case$steps + 1, 2))
  seconds <- system.time(fit <- em(case$data, case$model, case$parameters, control = control, warn = FALSE))[["elapsed"]]
  cat(sprintf("%.6f %.17g\n", seconds, fit$loglik))
  flush(stdout())
}
