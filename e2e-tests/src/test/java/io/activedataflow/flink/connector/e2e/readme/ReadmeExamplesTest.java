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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** Every Java block of the README compiles against what a user would have. */
@Timeout(120)
class ReadmeExamplesTest {

    @TempDir private Path classes;

    @ParameterizedTest
    @MethodSource("blocks")
    void compiles(CodeBlock block) {
        assertThat(errorsOf(block))
                .as("README.md, block at line %d, as%n%s", block.line(), block.toSource())
                .isEmpty();
    }

    static List<CodeBlock> blocks() {
        return CodeBlock.in(Readme.lines());
    }

    @Test
    void whatDoesNotCompileIsFound() {
        List<CodeBlock> blocks =
                CodeBlock.in(
                        List.of(
                                "```java",
                                "int one = 1;",
                                "```",
                                "<!-- continues -->",
                                "```java",
                                "int two = one + 1;",
                                "```",
                                "```java",
                                "int three = two + 1;",
                                "```",
                                "```java",
                                "public record Order(String id) {}",
                                "public final class Job {}",
                                "```"));

        assertThat(blocks)
                .extracting(CodeBlock::line, block -> errorsOf(block).size())
                .containsExactly(tuple(2, 0), tuple(6, 0), tuple(9, 1), tuple(12, 0));
    }

    private List<String> errorsOf(CodeBlock block) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        boolean compiled =
                compiler.getTask(
                                null,
                                null,
                                diagnostics,
                                List.of(
                                        "-proc:none",
                                        "-classpath",
                                        classPath(),
                                        "-d",
                                        classes.toString()),
                                null,
                                List.of(new SourceText(block)))
                        .call();
        List<String> errors =
                diagnostics.getDiagnostics().stream()
                        .filter(found -> found.getKind() == Diagnostic.Kind.ERROR)
                        .map(Object::toString)
                        .toList();
        assertThat(compiled).as("%s", errors).isEqualTo(errors.isEmpty());
        return errors;
    }

    /** The build hides the class path of the tests behind a jar; an IDE does not. */
    private static String classPath() {
        return System.getProperty(
                "surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private static final class SourceText extends SimpleJavaFileObject {

        private final String text;

        SourceText(CodeBlock block) {
            super(URI.create("string:///" + block.className() + ".java"), Kind.SOURCE);
            text = block.toSource();
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
