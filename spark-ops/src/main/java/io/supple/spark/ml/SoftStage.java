// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import io.supple.Catalogue;
import io.supple.Operator;
import io.supple.Soft;
import io.supple.spark.SqlFunction;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import scala.Function1;

/**
 * An operator of the catalogue as a stage; what all stages share.
 *
 * <p>Without {@code groupCol} the input column holds lists (arrays or vectors) or numbers, and each row is evaluated by
 * itself. With {@code groupCol} the input is one number per row, the rows of a group are the list, and each row gets its
 * own element of the result back.
 *
 * @param <S> the stage's own class, which setters return
 */
public abstract class SoftStage<S extends SoftStage<S>> extends Transformer
        implements HasMethod<S>, HasGradient<S>, HasDevice<S>, DefaultParamsWritable {

    private static final long serialVersionUID = 1L;

    static final String ERROR = "error";
    static final String SKIP = "skip";
    static final String KEEP = "keep";

    private final String uid;
    private final SofteningParams softening;
    private final boolean defaults;
    private final Param<String> operator;
    private final StringArrayParam arguments;
    private final Param<String> inputCol;
    private final StringArrayParam inputCols;
    private final Param<String> outputCol;
    private final GradientParams gradients;
    private final Param<String> groupCol;
    private final StringArrayParam groupCols;
    private final Param<String> seedCol;
    private final Param<String> handleInvalid;
    private final Param<String> device;
    private final transient Map<String, Param<?>> typed = new LinkedHashMap<>();

    /**
     * A stage.
     *
     * @param uid unique name
     * @param served the operators that it serves; if it is one, that need not be set
     */
    SoftStage(String uid, List<Operator> served) {
        this.uid = uid; // before the Params, which read it
        boolean losses = served.stream().anyMatch(Operator::boosts);
        softening = new SofteningParams(
                this, true, losses ? "; losses take 1, in units of the scores, if it is not set" : "");
        List<String> names = new ArrayList<>();
        for (Operator each : served) names.add(each.name());
        operator = new Declared(this).choice("operator", "name of an operator", null, names);
        arguments = new StringArrayParam(
                this, "arguments", "arguments of the operator that are not Params, each as 'name => value'");
        inputCol = new Param<>(this, "inputCol", "input column name");
        inputCols = new StringArrayParam(this, "inputCols", "input column names, for operators of several inputs");
        outputCol = new Param<>(this, "outputCol", "output column name");
        gradients = new GradientParams(this);
        seedCol = new Param<>(
                this,
                "seedCol",
                "column of each row's own seed, a whole number, for operators that draw random numbers; rows of one seed"
                        + " draw the same noise");
        groupCol = new Param<>(this, "groupCol", "column whose equal values make a group; the group is the list");
        groupCols = new StringArrayParam(this, "groupCols", "columns that make a group together, instead of groupCol");
        handleInvalid = new Param<>(
                this,
                "handleInvalid",
                "what to do with NULL or NaN inputs and NULL groups: error (the default), skip (leave the rows out), keep"
                        + " (leave the elements out of the lists, their results NULL; NULL groups are a group)",
                policy(this));
        device = HasDevice.declared(this, "lists");
        setDefault(handleInvalid, ERROR);
        setDefault(outputCol, uid + "__output");
        defaults = names.size() == 1; // asking for a Param here would have Spark list them all before they are made
        if (defaults) setDefault(operator, names.get(0));
    }

    /** What {@code handleInvalid} may be. */
    static Function1<String, Object> policy(Params owner) {
        List<String> policies = List.of(ERROR, SKIP, KEEP);
        return new Declared(owner)
                .checked("handleInvalid", "one of " + String.join(", ", policies), policies::contains);
    }

    @Override
    public final String uid() {
        return uid;
    }

    @Override
    public final SofteningParams softening() {
        return softening;
    }

    @Override
    public final GradientParams gradients() {
        return gradients;
    }

    /**
     * The Param of an operator's own parameter; for the constructors of named stages. Of its data one may be a number, in
     * place of a column.
     */
    final Param<?> argument(Operator of, String name) {
        for (io.supple.Param param : of.params()) {
            if (param.name().equals(name)) {
                Param<?> made = new ArgumentParams(this, defaults).made(of, param);
                typed.put(name, made);
                return made;
            }
        }
        throw new AssertionError(of + " declares no parameter '" + name + "'");
    }

    // ---- Params, which Spark finds by these methods

    /** Name of the operator. */
    public Param<String> operator() {
        return operator;
    }

    /** Own arguments of the operator. */
    public StringArrayParam arguments() {
        return arguments;
    }

    /** Input column. */
    public Param<String> inputCol() {
        return inputCol;
    }

    /** Input columns. */
    public StringArrayParam inputCols() {
        return inputCols;
    }

    /** Output column. */
    public Param<String> outputCol() {
        return outputCol;
    }

    /** Column of the seeds. */
    public Param<String> seedCol() {
        return seedCol;
    }

    /** Group column. */
    public Param<String> groupCol() {
        return groupCol;
    }

    /** Group columns. */
    public StringArrayParam groupCols() {
        return groupCols;
    }

    /** What to do with invalid rows. */
    public Param<String> handleInvalid() {
        return handleInvalid;
    }

    /** Where lists are computed. */
    @Override
    public Param<String> device() {
        return device;
    }

    // ---- setters

    /** Sets {@link #inputCol()}. */
    public S setInputCol(String value) {
        return given(inputCol, value);
    }

    /** Sets {@link #inputCols()}. */
    public S setInputCols(String... value) {
        return given(inputCols, value);
    }

    /** Sets {@link #outputCol()}. */
    public S setOutputCol(String value) {
        return given(outputCol, value);
    }

    /** Sets {@link #seedCol()}. */
    public S setSeedCol(String value) {
        return given(seedCol, value);
    }

    /** Sets {@link #groupCol()}. */
    public S setGroupCol(String value) {
        return given(groupCol, value);
    }

    /** Sets {@link #groupCols()}. */
    public S setGroupCols(String... value) {
        return given(groupCols, value);
    }

    /** Sets {@link #handleInvalid()}. */
    public S setHandleInvalid(String value) {
        return given(handleInvalid, value);
    }

    /** Sets {@link #arguments()}, each as 'name =&gt; value'. */
    public S setArguments(String... value) {
        return given(arguments, value);
    }

    // ---- what the Params say

    /** The operator. */
    final Operator declared() {
        if (!isDefined(operator)) throw refuse("operator", "set", "nothing");
        return Catalogue.operator(getOrDefault(operator));
    }

    final List<String> inputs() {
        if (isSet(inputCols)) return Arrays.asList(getOrDefault(inputCols));
        if (!isSet(inputCol)) throw refuse("inputCol", "set", "nothing");
        return List.of(getOrDefault(inputCol));
    }

    /** What the operator takes of columns: its data, but for what is given as one number. */
    final List<io.supple.Param.Data> columns() {
        List<io.supple.Param.Data> columns = new ArrayList<>(declared().data());
        columns.removeIf(data -> ownArguments().containsKey(data.name()));
        return columns;
    }

    final List<String> groups() {
        if (isSet(groupCols)) return Arrays.asList(getOrDefault(groupCols));
        return isSet(groupCol) ? List.of(getOrDefault(groupCol)) : List.of();
    }

    /** The operator's own arguments by name: typed Params first, then {@link #arguments()}. */
    final Map<String, Object> ownArguments() {
        Map<String, Object> values = new LinkedHashMap<>();
        typed.forEach((name, param) -> {
            if (isDefined(param)) values.put(name, getOrDefault(param));
        });
        for (String text : isSet(arguments) ? getOrDefault(arguments) : new String[0]) {
            int arrow = text.indexOf("=>");
            if (arrow < 0) throw refuse("arguments", "of the form 'name => value'", "'" + text + "'");
            values.put(
                    text.substring(0, arrow).strip(),
                    literal(text.substring(arrow + 2).strip()));
        }
        return values;
    }

    /** Parameters of the relaxation that have no Param and go through {@link #arguments()}. */
    final List<io.supple.Param> relaxationArguments() {
        List<io.supple.Param> params = new ArrayList<>(declared().relaxation());
        params.removeIf(param -> hasParam(ArgumentParams.camelCase(param.name())));
        return params;
    }

    /** The choice of softening that Params and arguments make; what is not set is as the operator has it. */
    final Soft soft() {
        Map<String, Object> relaxation = new LinkedHashMap<>(softening.soft().relaxation());
        for (io.supple.Param param : declared().relaxation()) {
            String name = ArgumentParams.camelCase(param.name());
            boolean unset = hasParam(name) && !isSet(getParam(name));
            if (unset && param.byDefault() != null) relaxation.put(param.name(), param.byDefault());
        }
        Map<String, Object> given = ownArguments();
        for (io.supple.Param param : relaxationArguments()) {
            if (!given.containsKey(param.name())) continue;
            relaxation.put(param.name(), param.check(Refusal.name(this), given.get(param.name())));
        }
        try {
            return Soft.of(relaxation);
        } catch (IllegalArgumentException refused) { // two that do not go together
            throw new IllegalArgumentException(
                    refused.getMessage().replaceFirst("^Soft: ", Refusal.name(this) + ": "), refused);
        }
    }

    private static Object literal(String text) {
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) return Boolean.valueOf(text);
        boolean whole = text.matches("[-+]?[0-9]{1,19}");
        if (whole && new BigInteger(text).bitLength() < Long.SIZE) return Long.valueOf(text); // a seed needs every bit
        if (text.matches("[-+]?[0-9.]+([eE][-+]?[0-9]+)?")) return Double.valueOf(text);
        return text.replaceAll("^['\"]|['\"]$", "");
    }

    final IllegalArgumentException refuse(String param, String allowed, String got) {
        return Refusal.of(this, param, allowed, got);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        return StageSchema.of(this, schema);
    }

    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        if (dataset.isStreaming() && !groups().isEmpty()) {
            throw refuse(
                    isSet(groupCols) ? "groupCols" : "groupCol",
                    "left out on a stream, since a group is whole only when all of its rows have come",
                    groups() + "; gather lists in foreachBatch, or set it where the rows of a batch are the group");
        }
        StructType schema = transformSchema(dataset.schema());
        return Attributes.described(new StagePlan(this).transform(dataset.toDF()), schema, dataset.schema());
    }

    @Override
    public S copy(ParamMap extra) {
        return this.<S>defaultCopy(extra);
    }

    /** Name of the SQL function behind the stage. */
    final String functionName() {
        return SqlFunction.PREFIX + declared().name();
    }
}
