// SPDX-License-Identifier: Apache-2.0
package io.supple.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.supple.Case;
import io.supple.Cases;
import io.supple.Catalogue;
import io.supple.Operator;
import io.supple.Result;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A recorded computation is the computation, to the last bit. */
class PlaceProgramTest {

    static Stream<Operator> operators() {
        return Catalogue.operators().stream()
                .filter(operator -> operator.result() == Result.PLACEWISE && !operator.random());
    }

    @ParameterizedTest
    @MethodSource("operators")
    void everyOperatorPlaceByPlace(Operator operator) {
        int m = operator.data().size();
        Random random = new Random(7);
        int recorded = 0;
        List<Case> cases = Cases.choices(operator, 0.37).stream()
                .flatMap(soft -> Cases.calls(operator).map(call -> call.with(soft)))
                .toList();
        for (Case c : cases) {
            PlaceProgram program = PlaceProgram.record(m, in -> c.with(in).value());
            if (program == null) continue;
            recorded++;
            for (int trial = 0; trial < 20; trial++) {
                double[] in = random.doubles(m, -2, 2).toArray();
                if (trial % 5 == 0) in[trial % m] = trial < 10 ? 0 : Double.NaN;
                Tensor[] variables = new Tensor[m];
                for (int i = 0; i < m; i++) variables[i] = Tensor.scalar(in[i]).variable();
                Tensor y = c.with(variables).value();
                assertThat(program.value(in)).as(c.toString()).isEqualTo(Double.valueOf(y.item()));
                double[] gradients = new double[m];
                program.vjp(0.7, gradients);
                Gradients expected = y.backward(0.7);
                for (int i = 0; i < m; i++) {
                    assertThat(gradients[i])
                            .as(c + " gradient " + i)
                            .isEqualTo(Double.valueOf(expected.of(variables[i]).item()));
                }
            }
        }
        assertThat(recorded)
                .as("calls that could be recorded of " + cases.size())
                .isEqualTo(cases.size());
    }

    @Test
    void whatIsNotPlaceByPlaceIsNotRecorded() {
        assertThat(PlaceProgram.record(1, in -> in[0].reshape(1).sumLast())).isNull();
        assertThat(PlaceProgram.record(1, in -> in[0].withValues(new double[] {in[0].item() * 2})))
                .isNull();
        assertThat(PlaceProgram.record(1, in -> Tensor.scalar(2))).isNull();
        assertThat(PlaceProgram.record(1, in -> in[0].item() > 0 ? in[0].times(2) : in[0].times(3)))
                .as("a way that depends on the number")
                .isNull();
    }

    @Test
    void constantsAreKept() {
        PlaceProgram program =
                PlaceProgram.record(2, in -> in[0].times(Tensor.scalar(3)).plus(in[1].over(in[0])));
        assertThat(program.value(new double[] {2, 5})).isEqualTo(8.5);
        double[] gradients = new double[2];
        program.vjp(1, gradients);
        assertThat(gradients).containsExactly(3 - 5 / 4.0, 0.5);
    }
}
