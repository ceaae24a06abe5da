# mclust and R's readers in the benchmark. `swift run -c release Benchmark --peers` starts this.
#
# peers.R fit FOLDER NAME,N,D,K,STEPS ...   answers each line "case threads" with "seconds log-likelihood" of a fit
# peers.R read.csv FILE, peers.R fread FILE   print "seconds mebibytes" for reading a CSV file
arguments <- commandArgs(trailingOnly = TRUE)

if (arguments[1] != "fit") {
  read <- if (arguments[1] == "fread") data.table::fread else read.csv
  seconds <- system.time(table <- read(arguments[2]))[["elapsed"]]
  peak <- grep("VmHWM", readLines("/proc/self/status"), value = TRUE)
  cat(seconds, as.numeric(gsub("[^0-9]", "", peak)) / 1024, "\n")
  quit()
}

suppressPackageStartupMessages(library(mclust))
cases <- list()
for (spec in strsplit(arguments[-(1:2)], ",")) {
  size <- as.integer(spec[-1]); n <- size[1]; d <- size[2]; k <- size[3]
  path <- file.path(arguments[2], spec[1])
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
cat("mclust", format(packageVersion("mclust")), "\n")
flush(stdout())
input <- file("stdin", "r")
while (length(line <- readLines(input, 1)) > 0) {
  case <- cases[[strsplit(line, " ")[[1]][1]]]
  # em() begins with an E-step; from then on each M-step with the E-step after it is one iteration.
  control <- emControl(eps = 0, tol = c(0, 0), itmax = rep(case$steps, 2))
  seconds <- system.time(fit <- em(case$data, case$model, case$parameters, control = control, warn = FALSE))[["elapsed"]]
  cat(sprintf("%.6f %.17g\n", seconds, fit$loglik))
  flush(stdout())
}
