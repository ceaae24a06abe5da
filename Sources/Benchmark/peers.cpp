// Armadillo's gmm_full in the benchmark: answers each line "case threads" with "seconds log-likelihood" of a fit.
// Arguments: FOLDER NAME,N,D,K,STEPS ...
#include <armadillo>
#include <iostream>
#include <map>
#include <omp.h>
#include <sstream>

struct Case { arma::mat data, means; arma::rowvec weights; arma::cube covariances; arma::uword steps; };

static arma::vec numbers(const std::string& file, arma::uword count) {
    arma::vec values(count);
    std::ifstream(file, std::ios::binary).read(reinterpret_cast<char*>(values.memptr()), count * sizeof(double));
    return values;
}

int main(int argc, char** argv) {
    std::map<std::string, Case> cases;
    for (int i = 2; i < argc; i++) {
        std::string name, spec = argv[i];
        arma::uword n, d, k, steps;
        char comma;
        std::istringstream stream(spec);
        std::getline(stream, name, ',');
        stream >> n >> comma >> d >> comma >> k >> comma >> steps;
        const std::string path = std::string(argv[1]) + "/" + name;
        const arma::vec start = numbers(path + ".start", k + k * d + k * d * d);
        Case c{arma::reshape(numbers(path + ".data", n * d), d, n), arma::reshape(start.subvec(k, k + k * d - 1), d, k),
               start.head(k).t(), arma::cube(d, d, k), steps};
        for (arma::uword j = 0; j < k; j++)
            c.covariances.slice(j) = arma::reshape(start.subvec(k + k * d + j * d * d, k + k * d + (j + 1) * d * d - 1), d, d);
        cases.emplace(name, std::move(c));
    }
    std::cout << "Armadillo gmm_full " << arma::arma_version::as_string() << ", OpenMP" << std::endl;
    for (std::string line; std::getline(std::cin, line);) {
        std::string name;
        int threads;
        std::istringstream(line) >> name >> threads;
        const Case& c = cases.at(name);
        omp_set_num_threads(threads);
        arma::gmm_full model;
        model.set_params(c.means, c.covariances, c.weights);
        arma::wall_clock timer;
        timer.tic();
        model.learn(c.data, c.means.n_cols, arma::maha_dist, arma::keep_existing, 0, c.steps, 1e-300, false);
        const double seconds = timer.toc();
        std::cout.precision(17);
        std::cout << seconds << " " << model.avg_log_p(c.data) * c.data.n_cols << std::endl;
    }
}
