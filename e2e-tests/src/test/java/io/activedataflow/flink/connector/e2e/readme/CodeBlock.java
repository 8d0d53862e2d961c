/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.activedataflow.flink.connector.e2e.readme;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Java code block of the README: either whole top-level types, or statements that are put into a
 * method. Statements know {@code env} and the usual imports; a line {@code <!-- continues -->}
 * before a block makes its statements go on after those of the block before it.
 *
 * @param line the number of its first line
 * @param statements the lines, without imports
 */
record CodeBlock(int line, List<String> imports, List<String> statements) {

    private static final String CONTINUES = "<!-- continues -->";
    private static final Pattern TOP_LEVEL_TYPE =
            Pattern.compile("(public |final |abstract |sealed )*(class|record|enum|interface) .*");

    private static final String USUAL_IMPORTS =
            Stream.of(
                            "io.activedataflow.flink.connector.amps",
                            "io.activedataflow.flink.connector.amps.source",
                            "io.activedataflow.flink.connector.amps.source.reader",
                            "io.activedataflow.flink.connector.amps.source.reader.deserializer",
                            "io.activedataflow.flink.connector.recordfile",
                            "io.activedataflow.flink.connector.recordfile.format",
                            "io.activedataflow.flink.connector.recordfile.format.compression",
                            "io.activedataflow.flink.connector.recordfile.format.csv",
                            "io.activedataflow.flink.connector.recordfile.format.json",
                            "io.activedataflow.flink.connector.recordfile.source",
                            "io.activedataflow.flink.connector.recordfile.source.reader",
                            "io.activedataflow.flink.connector.recordfile.source.reader.deserializer",
                            "io.activedataflow.flink.connector.recordfile.source.reader.plugin",
                            "io.activedataflow.flink.connector.redis",
                            "io.activedataflow.flink.connector.redis.source",
                            "io.activedataflow.flink.connector.redis.source.reader",
                            "io.activedataflow.flink.connector.redis.source.reader.deserializer",
                            "java.time",
                            "java.util",
                            "org.apache.flink.api.common.eventtime",
                            "org.apache.flink.api.common.serialization",
                            "org.apache.flink.api.common.typeinfo",
                            "org.apache.flink.configuration",
                            "org.apache.flink.streaming.api.datastream",
                            "org.apache.flink.streaming.api.environment",
                            "org.apache.flink.types")
                    .map(name -> "import " + name + ".*;\n")
                    .collect(Collectors.joining());

    /** All blocks of a document that are marked as Java, as units to compile. */
    static List<CodeBlock> in(List<String> document) {
        List<CodeBlock> blocks = new ArrayList<>();
        String textBefore = "";
        for (int i = 0; i < document.size(); i++) {
            String line = document.get(i);
            if (line.strip().equals("```java")) {
                int end = i + 1;
                while (!document.get(end).strip().equals("```")) {
                    end++;
                }
                CodeBlock block = of(i + 2, document.subList(i + 1, end));
                if (textBefore.equals(CONTINUES)) {
                    block = blocks.get(blocks.size() - 1).followedBy(block);
                }
                blocks.add(block);
                textBefore = "";
                i = end;
            } else if (!line.isBlank()) {
                textBefore = line.strip();
            }
        }
        return blocks;
    }

    private static CodeBlock of(int line, List<String> lines) {
        return new CodeBlock(
                line,
                lines.stream().filter(CodeBlock::isImport).toList(),
                lines.stream().filter(text -> !isImport(text)).toList());
    }

    private static boolean isImport(String line) {
        return line.startsWith("import ");
    }

    private CodeBlock followedBy(CodeBlock next) {
        return new CodeBlock(
                next.line, concat(imports, next.imports), concat(statements, next.statements));
    }

    private static List<String> concat(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    String className() {
        return "ReadmeLine" + line;
    }

    /** A source file that compiles if the block does. */
    String toSource() {
        String body = String.join("\n", statements) + '\n';
        String header = USUAL_IMPORTS + String.join("\n", imports) + '\n';
        if (statements.stream().anyMatch(text -> TOP_LEVEL_TYPE.matcher(text).matches())) {
            // Several blocks may declare a public type of one name; a nested one may be public too.
            return header + "class " + className() + " {\n" + nested(body) + "}\n";
        }
        return header
                + "class "
                + className()
                + " {\n void run(StreamExecutionEnvironment env) throws Exception {\n"
                + body
                + " }\n}\n";
    }

    private static String nested(String types) {
        return types.replaceAll("(?m)^(public |final |abstract |sealed )*class ", "static $0")
                .replaceAll("(?m)^static public ", "public static ");
    }
}
