/*
 * Evidence of all parent sets of one gene: the numbers of direct.ts, several times faster.
 *
 * Formulation: docs/kernels.md. The rows of every experiment are rotated once per study (Helmert): n - 1
 * contrasts, then the mean row z_m = sqrt(n) * mean. With temper t an experiment adds
 * t * Zc'Zc + h_z * z_m z_m' to the pool, h_z = 1 / (1/t + n * o_z), where o_z is the variance of the
 * experiment's own intercept: 'unchanged' and 'shift' differ in one scalar.
 *
 *   small experiments (n <= 5): the pool's inverse P, weights beta, residual sum of squares and log det are
 *     kept; an experiment enters or leaves through an n x n capacitance matrix.
 *   large experiments: the pool's Gram W and its LDL' factor are kept; an experiment is added to or taken
 *     from W once per visit and factored; the other state follows by a rank-one formula.
 *
 * Columns of a parent set: [1, xbar of each parent, (x, phi_1..phi_5) of each parent, y]; contrast rows are 0
 * in the constant and the xbar columns. Built by build/build-wasm.mjs; parity: test/core/evidence.
 */
#include <math.h>

typedef double v2 __attribute__((vector_size(16), aligned(8)));
#define LOAD(p) (*(const v2 *)(p))
#define STORE(p, x) (*(v2 *)(p) = (x))
#define EXPORT(name) __attribute__((export_name(#name))) name

enum { B = 7, WITHIN = 6, LD = 32, UNCHANGED = 0, SHIFT = 1, HARD = 2, NOT_ABSORBED = 255 };
static const double LOG_2PI = 1.8378770664093453, LOG_3 = 1.0986122886681098;
/* below this leverage margin (relative to 1/t) an experiment is removed by refactoring the pool without it */
static const double REMOVAL_PIVOT = 1e-7;
static const double PIVOT_FLOOR = 1e-10;

/* Written by TypeScript (wasm-kernel.ts), field by field: keep the two in step. */
typedef struct {
  int K, d, m, set_count, max_parents, has_control, sweeps, large, largest_n, refactored;
  double intercept_precision, a0, b0, unchanged_variance, shift_variance, scale_mixture;
  /* study */
  const int *starts;
  const double *features;  /* [N, d, 7] rotated */
  const double *variances; /* [7] */
  const double *temper, *count, *n_log_temper, *log_unchanged, *log_shift, *h_unchanged, *h_shift; /* [K + 1] */
  /* gene */
  const double *effect;    /* [N] rotated */
  const double *hard;      /* [K + 1] tempered log evidence of 'hard' */
  const double *log_prior; /* [3, K + 1] unchanged, shift, hard */
  const unsigned char *starts_shifted; /* [K + 1] without control: 1 = known target */
  const int *visits; /* [K] experiments in the order of the coordinate ascent */
  const int *candidates, *members, *sizes;
  /* results */
  double *out_evidence, *out_target, *out_hard;
  unsigned char *out_state;
  /* workspace */
  double *pool, *contrast, *mean_rows, *V, *X, *E, *residual, *rows, *mixed;
  double *D; /* [3, K + 1] */
  double *lgamma_at, *lgamma_value;
  int *row_offset, *seen;
  unsigned char *state;
} Context;

static Context c;
Context *EXPORT(context)(void) { return &c; }

extern unsigned char __heap_base;
static unsigned long heap_top = 0;
/** Bump allocation, 64-byte aligned; freed all at once by reset. */
unsigned long EXPORT(alloc)(unsigned long bytes) {
  if (!heap_top) heap_top = ((unsigned long)&__heap_base + 63) & ~63ul;
  unsigned long start = heap_top;
  heap_top += (bytes + 63) & ~63ul;
  unsigned long need = (heap_top + 65535) >> 16, have = __builtin_wasm_memory_size(0);
  if (need > have && __builtin_wasm_memory_grow(0, need - have) == (unsigned long)-1) return 0;
  return start;
}
void EXPORT(reset)(unsigned long top) { heap_top = top; }
unsigned long EXPORT(mark)(void) { return heap_top; }

/* pool of the current parent set; all rows have stride LD and zero padding */
static double P[LD * LD + 64], gram_a[LD * LD + 64], gram_b[LD * LD + 64], factor_a[LD * LD + 64],
    factor_b[LD * LD + 64], scaled_rows[LD * LD + 64], base[LD * LD + 64];
static double reciprocal_a[LD + 8], reciprocal_b[LD + 8], beta[LD + 8], mean_row[LD + 8], solved[LD + 8];
static int column[LD], within_offset[8];
static double *W, *W_next, *factor, *factor_next, *reciprocal, *reciprocal_next;
static int p, q, first_within, parents;
static double log_det, rss, log_scale, pool_count;

static double log_gamma(double x) {
  double s = 0;
  if (x < 10) {
    double product = 1;
    while (x < 10) { product *= x; x += 1; }
    s = -log(product);
  }
  double i = 1 / x, j = i * i;
  return s + (x - 0.5) * log(x) - x + 0.9189385332046727 +
         i * (1. / 12 - j * (1. / 360 - j * (1. / 1260 - j * (1. / 1680 - j * (1. / 1188 - j * 691. / 360360)))));
}
/* the counts that lnGamma is asked for repeat from set to set: one cached value per slot */
static double cached_log_gamma(int slot, double x) {
  if (c.lgamma_at[slot] == x) return c.lgamma_value[slot];
  c.lgamma_at[slot] = x;
  return c.lgamma_value[slot] = log_gamma(x);
}
static inline double exp_or_zero(double x) { return x < -45 ? 0 : x == 0 ? 1 : exp(x); }
static inline double dot(const double *a, const double *b, int i, int end) {
  v2 s = {0, 0}, t = s;
  for (; i + 3 < end; i += 4) { s += LOAD(a + i) * LOAD(b + i); t += LOAD(a + i + 2) * LOAD(b + i + 2); }
  s += t;
  double x = s[0] + s[1];
  for (; i < end; i++) x += a[i] * b[i];
  return x;
}

/* T: upper rows of a symmetric q x q matrix, y last. In place to Schur rows D_i * L_i'; r = 1/D.
 * Returns log det of the leading p block; T[p][p] becomes the residual sum of squares. Blocked 4 x 4, no roots. */
static double ldl(double *T, double *r) {
  double product = 1, sum = 0;
  for (int i = 0; i < q; i += 4) {
    double *a = T + i * LD;
    int rest = q - i;
    if (i)
      for (int j = i; j < q; j += 4) {
        double *o = a + j;
        v2 a0 = LOAD(o), a1 = LOAD(o + 2), b0 = LOAD(o + LD), b1 = LOAD(o + LD + 2), c0 = LOAD(o + 2 * LD),
           c1 = LOAD(o + 2 * LD + 2), d0 = LOAD(o + 3 * LD), d1 = LOAD(o + 3 * LD + 2);
        const double *row = T + j, *s = scaled_rows + i;
        for (int k = 0; k < i; k++, row += LD, s += LD) {
          v2 x = LOAD(row), y = LOAD(row + 2);
          v2 s0 = {s[0], s[0]}, s1 = {s[1], s[1]}, s2 = {s[2], s[2]}, s3 = {s[3], s[3]};
          a0 -= s0 * x; a1 -= s0 * y; b0 -= s1 * x; b1 -= s1 * y;
          c0 -= s2 * x; c1 -= s2 * y; d0 -= s3 * x; d1 -= s3 * y;
        }
        STORE(o, a0); STORE(o + 2, a1); STORE(o + LD, b0); STORE(o + LD + 2, b1);
        STORE(o + 2 * LD, c0); STORE(o + 2 * LD + 2, c1); STORE(o + 3 * LD, d0); STORE(o + 3 * LD + 2, d1);
      }
    int block = rest < 4 ? rest : 4;
    for (int u = 0; u < block; u++) {
      double *o = a + u * LD, pivot = o[i + u];
      if (i + u == p) { if (pivot < 0) o[p] = 0; break; }
      if (pivot < PIVOT_FLOOR) pivot = PIVOT_FLOOR;
      product *= pivot;
      double inverse = r[i + u] = 1 / pivot;
      v2 inv = {inverse, inverse};
      double *s = scaled_rows + (i + u) * LD;
      for (int j = i; j < q; j += 2) STORE(s + j, inv * LOAD(o + j));
      for (int w = u + 1; w < block; w++) {
        double l = s[i + w];
        v2 l2 = {l, l};
        double *y = a + w * LD;
        for (int j = i; j < q; j += 2) STORE(y + j, LOAD(y + j) - l2 * LOAD(o + j));
      }
    }
    if (product > 1e150 || product < 1e-150) { sum += log(product); product = 1; }
  }
  return sum + log(product);
}

/* P = M^-1 and beta = M^-1 Phi'y from the LDL' rows */
static void invert(const double *T, const double *r) {
  static double unit[LD * LD];
  for (int i = 0; i < LD * LD; i++) unit[i] = P[i] = 0;
  for (int i = 0; i < p; i++) {
    double *u = unit + i * LD;
    u[i] = 1;
    for (int k = 0; k < i; k++) {
      double l = T[k * LD + i] * r[k];
      v2 l2 = {l, l};
      const double *w = unit + k * LD;
      for (int j = 0; j <= k; j += 2) STORE(u + j, LOAD(u + j) - l2 * LOAD(w + j));
    }
  }
  for (int i = 0; i < p; i++) beta[i] = 0;
  for (int k = 0; k < p; k++) {
    const double *u = unit + k * LD;
    double y = T[k * LD + p] * r[k];
    for (int a = 0; a <= k; a++) {
      double x = u[a] * r[k];
      beta[a] += u[a] * y;
      v2 s = {x, x};
      double *o = P + a * LD;
      for (int j = 0; j <= k; j += 2) STORE(o + j, LOAD(o + j) + s * LOAD(u + j));
    }
  }
}

/* V = P z for one row; entries from `from` on, columns of z from `from` on */
static void multiply_one(const double *z, double *V, int from) {
  for (int i = from; i < p; i += 8) {
    v2 a = {0, 0}, b = a, e = a, d = a;
    const double *o = P + i;
    for (int j = from; j < p; j++) {
      v2 x = {z[j], z[j]};
      const double *r = o + j * LD;
      a += x * LOAD(r); b += x * LOAD(r + 2); e += x * LOAD(r + 4); d += x * LOAD(r + 6);
    }
    STORE(V + i, a); STORE(V + i + 2, b); STORE(V + i + 4, e); STORE(V + i + 6, d);
  }
}
/* the same for two consecutive rows: each load of P serves twice */
static void multiply_two(const double *z, double *V, int from) {
  const double *y = z + LD;
  double *U = V + LD;
  for (int i = from; i < p; i += 8) {
    v2 a = {0, 0}, b = a, e = a, d = a, f = a, g = a, h = a, l = a;
    const double *o = P + i;
    for (int j = from; j < p; j++) {
      v2 x = {z[j], z[j]}, w = {y[j], y[j]};
      const double *r = o + j * LD;
      v2 q0 = LOAD(r), q1 = LOAD(r + 2), q2 = LOAD(r + 4), q3 = LOAD(r + 6);
      a += x * q0; b += x * q1; e += x * q2; d += x * q3;
      f += w * q0; g += w * q1; h += w * q2; l += w * q3;
    }
    STORE(V + i, a); STORE(V + i + 2, b); STORE(V + i + 4, e); STORE(V + i + 6, d);
    STORE(U + i, f); STORE(U + i + 2, g); STORE(U + i + 4, h); STORE(U + i + 6, l);
  }
}

/* log of the noise-scale mixture; see pool-evidence.ts noiseScaleMixture. log_r1 = log(b0 + r1/2) */
static inline double noise_scale_mixture(double a, double nk, double r0, double r1, double log_r1) {
  double added = r1 - r0;
  if (added < 0) added = 0;
  double wide = -0.5 * nk * LOG_3 + a * (log_r1 - log(c.b0 + 0.5 * (r0 + added / 3))),
         narrow = 0.5 * nk * LOG_3 + a * (log_r1 - log(c.b0 + 0.5 * (r0 + added * 3)));
  double high = wide > narrow ? wide : narrow;
  if (high < 0) high = 0;
  return high + log((1 - c.scale_mixture) * exp_or_zero(-high) +
                    0.5 * c.scale_mixture * (exp_or_zero(wide - high) + exp_or_zero(narrow - high)));
}

static inline int experiment_size(int k) { return c.starts[k + 1] - c.starts[k]; }

/* base = prior precision + control; W = base + every experiment that starts in the pool */
static void start_pool(int s) {
  const int *members = c.members + s * c.max_parents;
  parents = c.sizes[s];
  p = 1 + parents * B;
  q = p + 1;
  first_within = 1 + parents;
  int D = 2 + c.m * B, n = 0;
  column[n++] = 0;
  for (int u = 0; u < parents; u++) column[n++] = 1 + members[u];
  for (int u = 0; u < parents; u++)
    for (int b = 0; b < WITHIN; b++) column[n++] = 1 + c.m + members[u] * WITHIN + b;
  column[n] = D - 1;
  for (int u = 0; u < parents; u++) within_offset[u] = members[u] * WITHIN;
  for (int i = 0; i < LD * LD; i++) W[i] = base[i] = 0;
  for (int i = 0; i <= p; i++) {
    const double *row = c.pool + column[i] * D;
    for (int j = i & ~3; j <= p; j++) W[i * LD + j] = row[column[j]];
  }
  double prior[LD];
  prior[0] = c.intercept_precision;
  for (int u = 0; u < parents; u++) prior[1 + u] = 1 / c.variances[WITHIN];
  for (int u = 0; u < parents; u++)
    for (int b = 0; b < WITHIN; b++) prior[first_within + u * WITHIN + b] = 1 / c.variances[b];
  for (int i = 0; i < p; i++) W[i * LD + i] += prior[i];
  if (c.has_control) for (int i = 0; i < LD * LD; i++) base[i] = W[i];
  else for (int i = 0; i < p; i++) base[i * LD + i] = prior[i];
}

/* rotated rows of every experiment for the columns of the current set, stride LD, y in the last slot */
static void gather_rows(int s) {
  const int *members = c.members + s * c.max_parents;
  long width = (long)c.d * B;
  for (int k = 1; k <= c.K; k++) {
    int from = c.starts[k], n = experiment_size(k);
    for (int i = 0; i < n; i++) {
      double *o = c.rows + c.row_offset[k] + i * LD, *within = o + first_within;
      const double *source = c.features + (from + i) * width;
      int is_mean = i == n - 1;
      o[0] = is_mean ? sqrt(n) : 0;
      for (int u = 0; u < parents; u++) {
        const double *g = source + c.candidates[members[u]] * B;
        o[1 + u] = is_mean ? g[WITHIN] : 0;
        for (int b = 0; b < WITHIN; b++) *within++ = g[b];
      }
      while (within < o + LD - 1) *within++ = 0;
      o[LD - 1] = c.effect[from + i];
    }
  }
}

static inline int in_pool(int k) { return c.state[k] == UNCHANGED || c.state[k] == SHIFT; }
static inline double h_of(int k, int state) { return state == SHIFT ? c.h_shift[k] : c.h_unchanged[k]; }

/* What a visit of experiment k finds: the pool without k and with k as unchanged / shift. */
typedef struct {
  double rss_without, rss_unchanged, rss_shift;             /* residual sums of squares */
  double log_without, log_unchanged, log_shift;             /* log(b0 + rss / 2) */
  double det_unchanged, det_shift;                          /* log det with - without - c_z */
  double det_change;                                        /* log det without - with, of an experiment inside */
  double mean_leverage, mean_residual;                      /* raw capacitance and residual of the mean row */
  double mean_pivot;
  int refactored;                                           /* factor_next holds the pool without k */
} Visit;

/* the pool rebuilt from its parts without experiment k, factored into factor_next */
static double refactor_without(int k) {
  double *T = factor_next;
  for (int i = 0; i < LD * LD; i++) T[i] = base[i];
  for (int e = 1; e <= c.K; e++) {
    if (e == k || !in_pool(e)) continue;
    int n = experiment_size(e);
    for (int r = 0; r < n; r++) {
      const double *z = c.rows + c.row_offset[e] + r * LD;
      double weight = r == n - 1 ? h_of(e, c.state[e]) : c.temper[e];
      for (int i = 0; i <= p; i++) {
        double x = weight * (i == p ? z[LD - 1] : z[i]);
        for (int j = i; j < p; j++) T[i * LD + j] += x * z[j];
        T[i * LD + p] += x * z[LD - 1];
      }
    }
  }
  c.refactored++;
  return ldl(T, reciprocal_next);
}

static void visit_small(int k, Visit *v) {
  int n = experiment_size(k), last = n - 1, inside = in_pool(k), stride = c.largest_n + 1, state = c.state[k];
  double inverse_t = 1 / c.temper[k], sign = inside ? -1 : 1;
  const double *Z = c.rows + c.row_offset[k];
  double *V = c.V, *E = c.E, *e = c.residual;
  int a = 0;
  for (; a + 1 < last; a += 2) multiply_two(Z + a * LD, V + a * LD, first_within);
  if (a < last) multiply_one(Z + a * LD, V + a * LD, first_within);
  multiply_one(Z + last * LD, V + last * LD, 0);
  /* capacitance I/t ± Z P Z' and residuals */
  for (int i = 0; i < n; i++) {
    const double *z = Z + i * LD;
    e[i] = z[LD - 1] - dot(z, beta, i == last ? 0 : first_within, p);
    for (int b = 0; b <= i; b++)
      E[i * stride + b] = sign * dot(Z + b * LD, V + i * LD, b == last ? 0 : first_within, p) + (i == b ? inverse_t : 0);
  }
  v->mean_residual = e[last];
  v->mean_leverage = sign * (E[last * stride + last] - inverse_t);
  double product = 1, log_pivots = 0, explained = 0, smallest = INFINITY;
  for (int i = 0; i < n; i++) {
    double acc = e[i], *row = E + i * stride;
    for (int b = 0; b < i; b++) {
      double x = row[b];
      const double *other = E + b * stride;
      for (int j = 0; j < b; j++) x -= row[j] * other[j];
      x *= other[b];
      row[b] = x;
      acc -= x * e[b];
    }
    double pivot = row[i];
    for (int j = 0; j < i; j++) pivot -= row[j] * row[j];
    if (i < last) {
      if (pivot < smallest) smallest = pivot;
      product *= pivot;
      double inverse = 1 / sqrt(pivot);
      row[i] = inverse; /* reciprocal on the diagonal */
      acc *= inverse;
      e[i] = acc;
      explained += acc * acc;
      if (product > 1e200 || product < 1e-200) { log_pivots += log(product); product = 1; }
    } else {
      row[i] = pivot;
      e[i] = acc;
    }
  }
  double pivot = E[last * stride + last], r = e[last];
  v->mean_pivot = pivot;
  v->refactored = 0;
  if (!inside) {
    double pu = pivot + n * c.unchanged_variance, ps = pivot + n * c.shift_variance, logs = c.n_log_temper[k] + log_pivots;
    v->rss_unchanged = rss + explained + r * r / pu;
    v->rss_shift = rss + explained + r * r / ps;
    v->log_unchanged = log(c.b0 + 0.5 * v->rss_unchanged);
    v->log_shift = log(c.b0 + 0.5 * v->rss_shift);
    v->det_unchanged = logs + log(product * pu);
    v->det_shift = logs + log(product * ps);
    return;
  }
  double removal = pivot + n * (state == UNCHANGED ? c.unchanged_variance : c.shift_variance);
  if (removal < smallest) smallest = removal;
  double own_log = state == UNCHANGED ? c.log_unchanged[k] : c.log_shift[k];
  double change;
  if (smallest > REMOVAL_PIVOT * inverse_t) {
    change = c.n_log_temper[k] - own_log + log_pivots + log(product * removal);
    v->rss_without = rss - explained - r * r / removal;
    if (v->rss_without < 0) v->rss_without = 0;
  } else {
    change = refactor_without(k) - log_det;
    v->rss_without = factor_next[p * LD + p];
    v->refactored = 1;
  }
  v->det_change = change;
  v->log_without = log(c.b0 + 0.5 * v->rss_without);
  double dh = h_of(k, state == UNCHANGED ? SHIFT : UNCHANGED) - h_of(k, state), f = 1 + dh * v->mean_leverage,
         other_rss = rss + dh * v->mean_residual * v->mean_residual / f, other_log = log(c.b0 + 0.5 * other_rss), lf = log(f);
  if (state == UNCHANGED) {
    v->det_unchanged = c.log_unchanged[k] - change;
    v->det_shift = lf - change + c.log_shift[k];
    v->rss_shift = other_rss;
    v->log_shift = other_log;
  } else {
    v->det_shift = c.log_shift[k] - change;
    v->det_unchanged = lf - change + c.log_unchanged[k];
    v->rss_unchanged = other_rss;
    v->log_unchanged = other_log;
  }
}

/* T = T2 = gram + a * mean_row mean_row' + g * contrast Gram of experiment k; upper rows */
static void form_pool(const double *gram, double *T, double *T2, int k, double a, double g) {
  int E = c.m * WITHIN + 1;
  const double *contrast = c.contrast + (long)(k - 1) * E * E, *z = mean_row;
  for (int i = 0; i < first_within; i++) {
    double x = a * z[i];
    v2 X = {x, x};
    for (int j = i & ~3; j <= p; j += 2) {
      v2 y = LOAD(gram + i * LD + j) + X * LOAD(z + j);
      STORE(T + i * LD + j, y);
      STORE(T2 + i * LD + j, y);
    }
  }
  v2 g2 = {g, g};
  for (int u = 0; u < parents; u++)
    for (int b = 0; b < WITHIN; b++) {
      int i = first_within + WITHIN * u + b;
      double x = a * z[i];
      v2 X = {x, x};
      const double *source = contrast + (within_offset[u] + b) * E, *old = gram + i * LD;
      double *o = T + i * LD, *o2 = T2 + i * LD;
      for (int j = i & ~3; j < first_within + WITHIN * u; j++) o[j] = o2[j] = 0;
      for (int w = u; w < parents; w++) {
        int j = first_within + WITHIN * w;
        const double *s = source + within_offset[w];
        v2 y0 = LOAD(old + j) + X * LOAD(z + j) + g2 * LOAD(s), y1 = LOAD(old + j + 2) + X * LOAD(z + j + 2) + g2 * LOAD(s + 2),
           y2 = LOAD(old + j + 4) + X * LOAD(z + j + 4) + g2 * LOAD(s + 4);
        STORE(o + j, y0); STORE(o + j + 2, y1); STORE(o + j + 4, y2);
        STORE(o2 + j, y0); STORE(o2 + j + 2, y1); STORE(o2 + j + 4, y2);
      }
      o[p] = o2[p] = old[p] + x * z[p] + g * source[E - 1];
    }
  for (int j = p & ~3; j < p; j++) T[p * LD + j] = T2[p * LD + j] = 0;
  T[p * LD + p] = T2[p * LD + p] = gram[p * LD + p] + a * z[p] * z[p] + g * contrast[(long)E * E - 1];
}

static void visit_large(int k, Visit *v) {
  int inside = in_pool(k), state = c.state[k], D = 2 + c.m * B;
  const double *source = c.mean_rows + (long)(k - 1) * D;
  for (int i = 0; i <= p; i++) mean_row[i] = source[column[i]];
  for (int i = q; i < LD; i++) mean_row[i] = 0;
  double sign = inside ? -1 : 1, entering = inside ? h_of(k, state) : c.h_unchanged[k];
  form_pool(W, factor_next, W_next, k, sign * entering, sign);
  double other_det = ldl(factor_next, reciprocal_next), other_rss = factor_next[p * LD + p], other_log = log(c.b0 + 0.5 * other_rss);
  /* leverage of the mean row in the pool that holds k */
  const double *F = inside ? factor : factor_next, *r = inside ? reciprocal : reciprocal_next;
  double g = 0;
  for (int i = 0; i < LD; i += 2) STORE(solved + i, LOAD(mean_row + i));
  for (int i = 0; i < p; i++) {
    double x = solved[i], y = x * r[i];
    g += x * y;
    v2 Y = {y, y};
    const double *o = F + i * LD;
    int j = i + 1;
    if (j & 1) { solved[j] -= y * o[j]; j++; }
    for (; j <= p; j += 2) STORE(solved + j, LOAD(solved + j) - Y * LOAD(o + j));
  }
  double e = solved[p], dh = inside && state == SHIFT ? c.h_unchanged[k] - c.h_shift[k] : c.h_shift[k] - c.h_unchanged[k], f = 1 + dh * g,
         rss_alternative = (inside ? rss : other_rss) + dh * e * e / f, log_alternative = log(c.b0 + 0.5 * rss_alternative), lf = log(f);
  v->refactored = 0;
  v->det_change = other_det;
  if (!inside) {
    v->rss_unchanged = other_rss;
    v->log_unchanged = other_log;
    v->rss_shift = rss_alternative;
    v->log_shift = log_alternative;
    v->det_unchanged = other_det - log_det + c.log_unchanged[k];
    v->det_shift = other_det + lf - log_det + c.log_shift[k];
    return;
  }
  v->rss_without = other_rss;
  v->log_without = other_log;
  double added = log_det - other_det;
  if (state == UNCHANGED) {
    v->det_unchanged = added + c.log_unchanged[k];
    v->det_shift = added + lf + c.log_shift[k];
    v->rss_shift = rss_alternative;
    v->log_shift = log_alternative;
  } else {
    v->det_shift = added + c.log_shift[k];
    v->det_unchanged = added + lf + c.log_unchanged[k];
    v->rss_unchanged = rss_alternative;
    v->log_unchanged = log_alternative;
  }
}

static void swap_pointers(double **a, double **b) { double *x = *a; *a = *b; *b = x; }

/* unchanged <-> shift is rank one in the mean row */
static void update_small_state(int k, int old, int state, const Visit *v) {
  int last = experiment_size(k) - 1;
  double dh = h_of(k, state) - h_of(k, old), f = 1 + dh * v->mean_leverage, gain = dh / f;
  const double *V = c.V + last * LD;
  for (int i = 0; i < p; i++) {
    double x = gain * V[i];
    beta[i] += x * v->mean_residual;
    v2 s = {x, x};
    for (int j = 0; j < p; j += 2) STORE(P + i * LD + j, LOAD(P + i * LD + j) - s * LOAD(V + j));
  }
  log_det += log(f);
}

/* the experiment enters or leaves: P -+= X'X with X = L^-1 V' from the capacitance factor */
static void update_small_membership(int k, int state_in, double sign, const Visit *v) {
  int n = experiment_size(k), last = n - 1, stride = c.largest_n + 1;
  double pivot = v->mean_pivot + n * (state_in == UNCHANGED ? c.unchanged_variance : c.shift_variance);
  const double *Z = c.rows + c.row_offset[k];
  double *V = c.V, *X = c.X, *e = c.residual;
  for (int a = 0; a < last; a++)
    for (int i = 0; i < first_within; i++) V[a * LD + i] = dot(P + i * LD, Z + a * LD, first_within, p);
  for (int i = 0; i < n; i++) {
    const double *row = c.E + i * stride;
    double inverse = i == last ? 1 / sqrt(pivot) : row[i];
    if (i == last) e[i] *= inverse;
    double *x = X + i * LD;
    const double *source = V + i * LD;
    for (int j = 0; j < p; j++) x[j] = source[j];
    for (int b = 0; b < i; b++) {
      double l = row[b];
      const double *y = X + b * LD;
      v2 L = {l, l};
      for (int j = 0; j < p; j += 2) STORE(x + j, LOAD(x + j) - L * LOAD(y + j));
    }
    for (int j = 0; j < p; j++) x[j] *= inverse;
    for (int j = p; j < LD; j++) x[j] = 0;
  }
  for (int a = 0; a < n; a++) {
    const double *x = X + a * LD;
    for (int i = 0; i < p; i++) {
      double f = sign * x[i];
      beta[i] += f * e[a];
      v2 F = {f, f};
      double *o = P + i * LD;
      for (int j = 0; j < p; j += 2) STORE(o + j, LOAD(o + j) - F * LOAD(x + j));
    }
  }
}

/* experiment k goes from state `old` to `state`; the pool is up to date afterwards */
static void change_state(int k, int old, int state, int inside, const Visit *v) {
  int leaves = state == HARD;
  if (c.large) {
    double h_new = leaves ? 0 : h_of(k, state), h_old = inside ? h_of(k, old) : 0;
    if ((inside && leaves) || (!inside && state == UNCHANGED)) {
      swap_pointers(&W, &W_next);
      swap_pointers(&factor, &factor_next);
      swap_pointers(&reciprocal, &reciprocal_next);
      log_det = v->det_change;
    } else {
      form_pool(W, factor, W_next, k, h_new - h_old, (leaves ? 0 : 1) - (inside ? 1 : 0));
      swap_pointers(&W, &W_next);
      log_det = ldl(factor, reciprocal);
    }
    rss = factor[p * LD + p];
    log_scale = log(c.b0 + 0.5 * rss);
  } else {
    if (inside && leaves && v->refactored) {
      invert(factor_next, reciprocal_next);
      log_det += v->det_change;
    } else if (inside && !leaves) update_small_state(k, old, state, v);
    else {
      update_small_membership(k, inside ? old : state, inside ? -1 : 1, v);
      log_det += inside ? v->det_change : (state == UNCHANGED ? v->det_unchanged - c.log_unchanged[k] : v->det_shift - c.log_shift[k]);
    }
    rss = leaves ? v->rss_without : state == UNCHANGED ? v->rss_unchanged : v->rss_shift;
    log_scale = leaves ? v->log_without : state == UNCHANGED ? v->log_unchanged : v->log_shift;
  }
  pool_count += (leaves ? 0 : c.count[k]) - (inside ? c.count[k] : 0);
}

/* D0, D1, D2 of experiment k into c.D */
static void weigh_states(int k, int inside, const Visit *v) {
  int K1 = c.K + 1;
  double nk = c.count[k], without = inside ? pool_count - nk : pool_count, a_without = c.a0 + 0.5 * without, a_with = a_without + 0.5 * nk;
  double shared = -0.5 * nk * LOG_2PI + cached_log_gamma(2 * k, a_with) - cached_log_gamma(2 * k + 1, a_without) + a_without * v->log_without;
  c.mixed[2 * k] = noise_scale_mixture(a_with, nk, v->rss_without, v->rss_unchanged, v->log_unchanged);
  c.mixed[2 * k + 1] = noise_scale_mixture(a_with, nk, v->rss_without, v->rss_shift, v->log_shift);
  c.D[k] = c.mixed[2 * k] + c.log_prior[k] + shared - 0.5 * v->det_unchanged - a_with * v->log_unchanged;
  c.D[K1 + k] = c.mixed[2 * k + 1] + c.log_prior[K1 + k] + shared - 0.5 * v->det_shift - a_with * v->log_shift;
  c.D[2 * K1 + k] = c.log_prior[2 * K1 + k] + c.hard[k];
}

static void coordinate_ascent(void) {
  int K1 = c.K + 1, version = 0;
  for (int k = 1; k <= c.K; k++) c.seen[k] = -1;
  for (int sweep = 0; sweep <= c.sweeps; sweep++) {
    int refresh = sweep == c.sweeps, changed = 0;
    for (int visit = 0; visit < c.K; visit++) {
      int k = c.visits[visit];
      if (c.seen[k] == version) continue; /* nothing moved since the last visit: the same numbers again */
      int old = c.state[k], inside = in_pool(k);
      Visit v = {rss, rss, rss, log_scale, log_scale, log_scale, 0, 0, 0, 0, 0, 0, 0};
      if (experiment_size(k) > 0) { if (c.large) visit_large(k, &v); else visit_small(k, &v); }
      weigh_states(k, inside, &v);
      double d0 = c.D[k], d1 = c.D[K1 + k], d2 = c.D[2 * K1 + k];
      int state = old;
      if (!refresh) {
        state = UNCHANGED;
        if (d1 > d0 && d1 >= d2) state = SHIFT;
        else if (d2 > d0 && d2 > d1) state = HARD;
      }
      if (state != old) {
        changed = 1;
        int touches_pool = experiment_size(k) > 0 && (inside || state != HARD);
        if (touches_pool) { version++; change_state(k, old, state, inside, &v); }
        c.state[k] = state;
      }
      c.seen[k] = version;
    }
    if (!changed) break;
  }
}

static void finish(int s, double log_precision) {
  int K1 = c.K + 1;
  double a = c.a0 + 0.5 * pool_count;
  double total = -0.5 * pool_count * LOG_2PI + 0.5 * log_precision - 0.5 * log_det + c.a0 * log(c.b0) - a * log_scale +
                 cached_log_gamma(0, a) - log_gamma(c.a0);
  for (int k = 1; k <= c.K; k++) {
    double d0 = c.D[k], d1 = c.D[K1 + k], d2 = c.D[2 * K1 + k], high = d1 > d2 ? d1 : d2, low = d1 > d2 ? d2 : d1;
    double target = high + (low - high < -45 ? 0 : log1p(exp(low - high))), gap = fabs(target - d0);
    double all = (target > d0 ? target : d0) + (gap > 45 ? 0 : log1p(exp(-gap)));
    if (c.state[k] == UNCHANGED) total += c.mixed[2 * k] + c.log_prior[k] - 0.5 * c.log_unchanged[k] + all - d0;
    else if (c.state[k] == SHIFT) total += c.mixed[2 * k + 1] + c.log_prior[K1 + k] - 0.5 * c.log_shift[k] + all - d1;
    else total += all;
    long o = (long)s * c.K + k - 1;
    c.out_target[o] = target - d0;
    c.out_hard[o] = d2 - d1;
    c.out_state[o] = c.state[k];
  }
  c.out_evidence[s] = total;
}

/** Evidence of every parent set of the gene in the context; `prepare` first. */
void EXPORT(score)(void) {
  double log_variances = 0;
  for (int b = 0; b < B; b++) log_variances += log(c.variances[b]);
  for (int i = 0; i < LD * LD; i++) factor_a[i] = factor_b[i] = gram_b[i] = 0;
  for (int s = 0; s < c.set_count; s++) {
    W = gram_a; W_next = gram_b; factor = factor_a; factor_next = factor_b; reciprocal = reciprocal_a; reciprocal_next = reciprocal_b;
    start_pool(s);
    for (int i = 0; i < LD; i++) mean_row[i] = solved[i] = 0;
    for (int i = 0; i < LD * LD; i++) factor[i] = W[i];
    log_det = ldl(factor, reciprocal);
    rss = factor[p * LD + p];
    log_scale = log(c.b0 + 0.5 * rss);
    pool_count = c.has_control ? c.count[0] : 0;
    if (!c.large) { invert(factor, reciprocal); gather_rows(s); }
    for (int k = 1; k <= c.K; k++) {
      c.state[k] = c.has_control ? NOT_ABSORBED : c.starts_shifted[k] ? SHIFT : UNCHANGED;
      if (!c.has_control) pool_count += c.count[k];
    }
    coordinate_ascent();
    finish(s, log(c.intercept_precision) - parents * log_variances);
  }
}

/** Grams of the gene's candidates: the starting pool and, for large experiments, one of contrasts per experiment. */
void EXPORT(prepare)(void) {
  int D = 2 + c.m * B, E = c.m * WITHIN + 1;
  long width = (long)c.d * B;
  static double row[1024];
  for (int i = 0; i < D * D; i++) c.pool[i] = 0;
  if (c.large) for (long i = 0; i < (long)c.K * E * E; i++) c.contrast[i] = 0;
  for (int k = 0; k <= c.K; k++) {
    int from = c.starts[k], n = experiment_size(k);
    if (k > 0 && !c.large && c.has_control) break; /* only the control is in the starting pool */
    for (int r = 0; r < n; r++) {
      int is_mean = k > 0 && r == n - 1;
      const double *source = c.features + (from + r) * width;
      row[0] = k == 0 ? 1 : is_mean ? sqrt(n) : 0;
      for (int i = 0; i < c.m; i++) {
        const double *s = source + c.candidates[i] * B;
        row[1 + i] = s[WITHIN];
        for (int b = 0; b < WITHIN; b++) row[1 + c.m + i * WITHIN + b] = s[b];
      }
      row[D - 1] = c.effect[from + r];
      if (k == 0 || !c.has_control) {
        double h = k == 0 ? 1 : is_mean ? h_of(k, c.starts_shifted[k] ? SHIFT : UNCHANGED) : c.temper[k];
        for (int i = 0; i < D; i++) {
          double x = h * row[i];
          if (x == 0) continue;
          double *o = c.pool + i * D;
          for (int j = i; j < D; j++) o[j] += x * row[j];
        }
      }
      if (k > 0 && c.large) {
        if (is_mean) for (int i = 0; i < D; i++) c.mean_rows[(long)(k - 1) * D + i] = row[i];
        else {
          double *G = c.contrast + (long)(k - 1) * E * E;
          const double *x = row + 1 + c.m;
          for (int i = 0; i < E; i++) {
            double f = c.temper[k] * x[i];
            double *o = G + i * E;
            for (int j = i; j < E; j++) o[j] += f * x[j];
          }
        }
      }
    }
    if (k > 0 && c.large) {
      double *G = c.contrast + (long)(k - 1) * E * E;
      for (int i = 0; i < E; i++) for (int j = 0; j < i; j++) G[i * E + j] = G[j * E + i];
    }
  }
  for (int i = 0; i < D; i++) for (int j = 0; j < i; j++) c.pool[i * D + j] = c.pool[j * D + i];
}
